"""Rules and records as deciding wants them: one query for what rules ask of all records, none for each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.assignment.deciding import Facts, Spec
from leadline.assignment.models import Rule
from leadline.assignment.registry import Assignable
from leadline.core.conditions import Condition, Context, parse
from leadline.core.fields import catalogue
from leadline.core.fields.kinds import USER
from leadline.core.refusals import RuleBroken
from leadline.people.models import Team
from leadline.people.working.naming import names_of_language


def condition_of(where: Any, kind: str) -> Condition:
    """What a rule asks, understood. Raises `RuleBroken` naming `where`."""
    return parse(where, catalogue(kind))


def specs_of(rules: Iterable[Rule]) -> list[Spec]:
    """Rules as they stand now, in their order."""
    below = _teams_below()
    return [
        Spec(
            rule.pk,
            rule.name,
            rule.way,
            rule.where,
            rule.team_id,
            frozenset(below(rule.team_id)) if rule.team_id else frozenset(),
            frozenset(rule.people),
            frozenset(rule.skills),
            rule.in_territory,
            rule.speaks,
            rule.at_work,
            rule.field,
            rule.overflow_id,
        )
        for rule in rules
    ]


def _teams_below() -> Any:
    children: dict[int | None, list[int]] = {}
    for pk, parent in Team.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)

    def below(team: int) -> list[int]:
        return [team, *(each for child in children.get(team, ()) for each in below(child))]

    return below


def fitting_of(rules: Sequence[Spec], ids: Sequence[int], kind: str) -> dict[int, list[Spec]]:
    """The rules that fit each record, in their order; one query for each rule that asks something.

    A rule whose condition this version can't read fits nothing.
    """
    fitting: dict[int, list[Spec]] = {key: [] for key in ids}
    context = Context.of_organisation()
    for rule in rules:
        try:
            asked = condition_of(rule.where, kind)
        except RuleBroken:
            continue
        for key in ids if asked.is_everything else _fulfilling(asked, ids, context):
            fitting[key].append(rule)
    return fitting


def _fulfilling(asked: Condition, ids: Sequence[int], context: Context) -> list[int]:
    about = asked.catalogue
    where, params = asked.sql(context)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {about.id} FROM {about.table} {about.join_sql(asked.needs)}"
            f" WHERE {about.id} = ANY(%s::bigint[]) AND ({where}) ORDER BY 1",
            [list(ids), *params],
        )
        return [row[0] for row in cursor.fetchall()]


def facts_of(kind: Assignable, ids: Sequence[int], *, placed: bool, at: bool = False) -> list[Facts]:
    """What the rules ask of records besides their conditions, in the order of their moments and keys.

    Where a rule asks for territories (`placed`), what lies in none is placed by the territories' rules.
    """
    about = catalogue(kind.kind)
    names = ("owner", "territory", "language")
    columns = [about.by_name[name].sql if name in about.by_name else "NULL" for name in names]
    since = about.by_name[kind.since].sql
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {about.id}, {', '.join(columns)}, {since} FROM {about.table}"
            f" WHERE {about.id} = ANY(%s::bigint[]) ORDER BY {since}, {about.id}",
            [list(ids)],
        )
        rows = cursor.fetchall()
    places = kind.territories(row[0] for row in rows if row[2] is None) if placed else {}
    return [
        Facts(
            pk,
            owner,
            territory or places.get(pk),
            language or "",
            names_of_language(language) if language else frozenset(),
            moment if at else None,
        )
        for pk, owner, territory, language, moment in rows
    ]


def named_by(kind: Assignable, rules: Sequence[Spec], ids: Sequence[int]) -> dict[int, Mapping[int, int]]:
    """For each rule that names a person: the person by record."""
    return {rule.id: _named(kind, rule, ids) for rule in rules if rule.way in ("current", "person")}


def _named(kind: Assignable, rule: Spec, ids: Sequence[int]) -> Mapping[int, int]:
    if rule.way == "current":
        return kind.owners_known(ids)
    about = catalogue(kind.kind)
    found = about.by_name.get(rule.field)
    if found is None or found.kind is not USER:
        return {}
    joins = about.join_sql([found.needs] if found.needs else [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {about.id}, {found.sql} FROM {about.table} {joins} WHERE {about.id} = ANY(%s::bigint[])",
            [list(ids)],
        )
        return {pk: int(user) for pk, user in cursor.fetchall() if user}


def fields_naming_people(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind in which a person can be named, but for the owner."""
    fields = catalogue(kind).fields
    return [(each.name, str(each.label)) for each in fields if each.kind is USER and each.name != "owner"]


def require_field(kind: str, name: str) -> str:
    """The field that names a person. Raises `RuleBroken` with those that there are."""
    known = dict(fields_naming_people(kind))
    if name not in known:
        message = _("Choose a field that names a person: %(known)s.")
        raise RuleBroken(message % {"known": ", ".join(known) or "–"}, field="field", value=name[:60])
    return name
