"""Changing the shape of a rule by the buttons of the builder: `add r-0`, `group r`, `remove r-1`."""

from leadline.segments.building.nodes import GroupNode, Node, QuestionNode, too_many


def changed(root: GroupNode, step: str) -> GroupNode:
    """The rule after one step; an unknown one changes nothing."""
    verb, _space, path = step.partition(" ")
    node = next((each for each in root.all() if each.path == path), None)
    if node is not None and verb in ("add", "group") and isinstance(node, GroupNode):
        _add(root, node, verb)
    elif node is not None and verb == "remove" and path != root.path:
        _remove(root, node)
    root.named(root.path)
    return root


def _add(root: GroupNode, group: GroupNode, verb: str) -> None:
    if too_many(root):
        return
    question = QuestionNode(group.asker, is_new=True)
    if verb == "add":
        group.children.append(question)
    elif not group.is_full:
        other = "or" if group.word == "and" else "and"
        group.children.append(GroupNode(group.asker, word=other, children=[question]))


def _remove(root: GroupNode, node: Node) -> None:
    for each in root.all():
        if isinstance(each, GroupNode) and node in each.children:
            each.children = [child for child in each.children if child is not node]
            return
