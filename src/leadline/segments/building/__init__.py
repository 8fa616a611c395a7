"""The builder of rules: a form of nested groups and questions, read from what is sent and drawn again."""

from leadline.segments.building.nodes import GroupNode, KeptNode, Node, QuestionNode
from leadline.segments.building.reading import read_form, read_rule
from leadline.segments.building.sent import after_step, finished, root_of, saves
from leadline.segments.building.steps import changed

__all__ = [
    "GroupNode",
    "KeptNode",
    "Node",
    "QuestionNode",
    "after_step",
    "changed",
    "finished",
    "read_form",
    "read_rule",
    "root_of",
    "saves",
]
