"""The rules as they are asked of leads: one statement for all of them (LEA-12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.conditions import Condition, Context, Gathering, parse
from leadline.core.conditions.gathering import Some
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.leads.listing import LEADS
from leadline.scoring.models import ScoreRule

OF_SCORES = ("score", "score_band")  # a score that asks for scores would never come to rest


@dataclass(frozen=True)
class Scored:
    """What the rules say of one lead: points from 0 to 100, and the rules that hold."""

    points: int
    rules: list[int]


def condition_of(given: Any, *, user: Any = None) -> Condition:
    """What a rule asks of leads. Raises `RuleBroken` for what can't be meant."""
    try:
        condition = parse(given, catalogue("lead"), user=user)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="where", value=refusal.value) from None
    if condition.is_everything:
        raise RuleBroken(_("Say at least one condition."), field="where")
    if any(name in OF_SCORES for name in fields_of(condition)):
        raise RuleBroken(_("A rule of scoring can't ask for the score itself."), field="where")
    return condition


def fields_of(condition: Condition) -> set[str]:
    """The names of the leads' fields that a condition asks for; `*` stands for linked records."""
    own = set(catalogue("lead").by_name)
    return {each.name if each.name in own else "*" for each in condition.root.fields()} | _links(
        condition.given
    )


def understood(rules: Iterable[ScoreRule]) -> list[tuple[ScoreRule, Condition]]:
    """The rules that mean something now; one whose field is gone gives no points."""
    found = []
    for rule in rules:
        try:
            found.append((rule, condition_of(rule.where)))
        except RuleBroken:
            continue
    return found


def sentence_of(condition: Condition) -> str:
    """The condition in words."""
    words = condition.sentence(LEADS.naming)
    return words[:1].upper() + words[1:]


def scored_by_rules(rules: Sequence[tuple[ScoreRule, Condition]], ids: Sequence[int]) -> dict[int, Scored]:
    """What the rules say of leads in use; one statement however many rules there are."""
    if not rules or not ids:
        return {}
    sql, params = _statement([condition for _rule, condition in rules], ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return {
        row[0]: _sum([rule for (rule, _c), holds in zip(rules, row[1:], strict=True) if holds])
        for row in rows
    }


def _sum(holding: list[ScoreRule]) -> Scored:
    points = sum(rule.points for rule in holding)
    return Scored(max(0, min(100, points)), [rule.pk for rule in holding])


def _statement(conditions: Sequence[Condition], ids: Sequence[int]) -> tuple[str, list[Any]]:
    about, gathering = catalogue("lead"), Gathering(Some(ids))
    context = replace(Context.of_organisation(), gathering=gathering)
    needs = {need for condition in conditions for need in condition.needs}
    terms, params = [], []
    for condition in conditions:
        sql, its_params = condition.sql(context)
        terms.append(f"({sql})")
        params += its_params
    gathered, its_params = gathering.joins()
    return (
        f"SELECT {about.id}, {', '.join(terms)} FROM {about.table} {about.join_sql(needs)} {gathered}"
        f" WHERE {about.id} = ANY(%s::bigint[])",
        [*params, *its_params, array_of(ids)],
    )


def _links(given: Any) -> set[str]:
    """`*` where a condition counts or sums linked records."""
    if isinstance(given, list):
        return {found for each in given for found in _links(each)}
    if isinstance(given, dict):
        linked = {"*"} if given.keys() & {"count", "sum", "latest", "earliest"} else set()
        return linked | {found for each in given.values() for found in _links(each)}
    return set()
