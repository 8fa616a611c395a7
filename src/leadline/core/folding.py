"""What a template says to everybody in a language is written into it once, when it is compiled (ALL-9).

A page holds hundreds of texts, symbols and addresses that depend on the language and on nothing else. Asked
for on each request they cost more than its queries. So each language has its own compiled templates, in
which `_("Save")`, `icon("plus")` and `url("customers:list")` are plain words among the HTML around them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import NoReverseMatch
from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


class FoldedTemplate(Template):
    """A template whose imports are made once: none is ever rendered with globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


Known = Mapping[str, Callable[..., Any]]


class FoldingEnvironment(Environment):
    """Jinja's environment, in which calls of `known` functions with constants are made while compiling.

    `texts` are those among them that translate; of a text with values the text itself is found then by
    `unfilled`, and only the values are filled in on each request.
    """

    template_class = FoldedTemplate
    known: Known = {}
    texts: frozenset[str] = frozenset()
    unfilled: Callable[[str], Markup] = Markup

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Folding(self, source).visit(source), name, filename, defer_init)


class _Folding(NodeTransformer):
    def __init__(self, environment: FoldingEnvironment, source: nodes.Template):
        self.environment = environment
        self.taken = _taken(source)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """The answer instead of the call, where it can be known."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self.environment.known or name in self.taken or node.dyn_args or node.dyn_kwargs:
            return node
        args, named = _constants(node.args), _constants([each.value for each in node.kwargs])
        if args is None:
            return node
        if named is not None:
            names = [each.key for each in node.kwargs]
            return _answer(node, self.environment.known[name], args, dict(zip(names, named, strict=True)))
        return _filled(node, self.environment.unfilled(*args)) if name in self.environment.texts else node


def _answer(
    node: nodes.Call, function: Callable[..., Any], args: list[Any], named: dict[str, Any]
) -> nodes.Node:
    try:
        answer = function(*args, **named)
    except NoReverseMatch:  # told when the part is shown, not when its page is compiled
        return node
    return nodes.Const(answer, lineno=node.lineno)


def _filled(node: nodes.Call, text: Markup) -> nodes.Node:
    """`text % {name: value, …}`, which escapes the values."""
    pairs = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
    return nodes.Mod(nodes.Const(text), nodes.Dict(pairs), lineno=node.lineno)


def _constants(given: Sequence[nodes.Node]) -> list[Any] | None:
    """The values, where all are constant."""
    constants = [each.value for each in given if isinstance(each, nodes.Const)]
    return constants if len(constants) == len(given) else None


def _taken(source: nodes.Template) -> set[str]:
    """Names that the template gives a meaning of its own."""
    taken = {each.name for each in source.find_all(nodes.Name) if each.ctx in ("store", "param")}
    taken |= {each.name for each in source.find_all(nodes.Macro)}
    taken |= {each.target for each in source.find_all(nodes.Import)}
    for each in source.find_all(nodes.FromImport):
        taken |= {name if isinstance(name, str) else name[1] for name in each.names}
    return taken
