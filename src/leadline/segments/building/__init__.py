"""The builder of rules: a form of nested groups and questions, read from what is sent and drawn again."""

from leadline.segments.building.nodes import GroupNode, KeptNode, Node, QuestionNode
from leadline.segments.building.reading import read_form, read_rule
from leadline.segments.building.steps import changed

__all__ = ["GroupNode", "KeptNode", "Node", "QuestionNode", "changed", "read_form", "read_rule"]
