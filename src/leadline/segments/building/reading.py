"""Nodes from a rule that is kept, and from what the form of the builder sent."""

import json
from typing import Any

from django.http import QueryDict

from leadline.core.conditions import parse
from leadline.core.conditions.parsing import DEEPEST, MOST_PARTS
from leadline.core.lists.questions import Asker, link_in, question_of
from leadline.core.refusals import RuleBroken
from leadline.segments.building.nodes import WORDS, GroupNode, KeptNode, Node, QuestionNode, within

MEASURES = ("count", "sum", "latest")
ROOT = "r"


def read_rule(rule: Any, asker: Asker, *, path: str = ROOT, blank: bool = True) -> GroupNode:
    """The nodes of a condition that `parse` understands; an empty one is a group, with a question if `blank`.

    `path` is the name of its root in the form: two builders in one form have two.
    """
    first: list[Node] = [QuestionNode(asker, is_new=True)] if blank else []
    root = _group(rule, asker) if rule else GroupNode(asker, children=first)
    root.named(path)
    return root


def read_form(given: QueryDict, asker: Asker, *, path: str = ROOT) -> GroupNode:
    """The nodes as the form sent them; what is no node is left out."""
    paths = [each for each in given.getlist("node")[: 2 * MOST_PARTS] if each.count("-") < DEEPEST]
    root = GroupNode(asker, path)
    known: dict[str, Node] = {path: _as_sent(root, given)}
    for each in paths:
        parent, _dash, place = each.rpartition("-")
        above = known.get(parent)
        if each in known or above is None:
            continue
        if place == "w" and isinstance(above, QuestionNode):
            known[each] = _inner_as_sent(above, each, given)
        elif isinstance(above, GroupNode):
            known[each] = _child_as_sent(above, each, given)
    root.named(path)
    return root


def _group(part: Any, asker: Asker) -> GroupNode:
    """A part as a group: itself, or a group around it."""
    negated = isinstance(part, dict) and "not" in part
    inside = part["not"] if negated else part
    word = next((word for word in WORDS if isinstance(inside, dict) and word in inside), "")
    if word:
        return GroupNode(
            asker, word=word, negated=negated, children=[_node(each, asker) for each in inside[word]]
        )
    return GroupNode(asker, negated=negated, children=[_node(inside, asker)])


def _node(part: Any, asker: Asker) -> Node:
    if isinstance(part, dict) and any(word in part for word in (*WORDS, "not")):
        return _group(part, asker)
    measure = next((word for word in MEASURES if word in part), "")
    if not measure and "field" not in part:
        return KeptNode(asker, given=part, sentence=_sentence(part, asker))
    name = part["field"] if not measure else ".".join(filter(None, (part[measure], measure, part.get("of"))))
    if measure in ("sum", "latest") and "of" not in part:
        link = asker.about.links_by_name[part[measure]]
        name += f".{(link.sums if measure == 'sum' else link.dates)[0]}"
    return _question(asker, name, {}, part, [])


def _question(
    asker: Asker, name: str, given: dict[str, str], part: dict[str, Any], values: list[str]
) -> QuestionNode:
    node = QuestionNode(asker)
    try:
        node.question = question_of(asker, name, given=given, part=part, values=values)
    except RuleBroken as refusal:
        node.error = refusal.message
        return node
    if link := link_in(asker.about, name):
        inside = within(asker, link.kind)
        node.inner = _group(part["where"], inside) if part.get("where") else GroupNode(inside)
    return node


def _child_as_sent(above: GroupNode, path: str, given: QueryDict) -> Node:
    kind, asker = given.get(f"{path}.is", ""), above.asker
    child: Node
    if kind == "group":
        child = _as_sent(GroupNode(asker, path), given)
    elif kind == "kept":
        child = _kept_as_sent(given.get(f"{path}.given", ""), asker)
    else:
        words = {word: given.get(f"{path}.{word}", "") for word in ("op", "unit")}
        name = given.get(f"{path}.field", "")
        same = name == given.get(f"{path}.was", name)
        sent = given.getlist(f"{path}.value") if same else []
        child = _question(asker, name, words if same else {}, {}, sent) if name else QuestionNode(asker)
    child.path = path
    above.children.append(child)
    return child


def _inner_as_sent(above: QuestionNode, path: str, given: QueryDict) -> Node:
    if above.inner is None:
        return above
    above.inner.path = path
    return _as_sent(above.inner, given)


def _as_sent(group: GroupNode, given: QueryDict) -> GroupNode:
    word = given.get(f"{group.path}.word", "and")
    group.word = word if word in WORDS else "and"
    group.negated = given.get(f"{group.path}.not") == "1"
    return group


def _kept_as_sent(text: str, asker: Asker) -> Node:
    try:
        part = json.loads(text[:1000])
        return KeptNode(asker, given=part, sentence=_sentence(part, asker))
    except (ValueError, RecursionError, RuleBroken):
        return QuestionNode(asker)


def _sentence(part: Any, asker: Asker) -> str:
    return parse(part, asker.about, user=asker.user).sentence(asker.naming)
