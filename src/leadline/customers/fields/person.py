"""How somebody is reached, and whose they are: fields of customers, contacts and leads alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import EMAIL, LANGUAGE, PHONE, TAGS, TERRITORY, USER


def email(table: str, **more: Any) -> Field:
    """In small letters."""
    return Field(
        name="email", label=_("E-mail"), kind=EMAIL, sql=f"{table}.email", max_length=254, lower=True, **more
    )


def phone(table: str, synonyms: tuple[str, ...]) -> Field:
    """As it is dialled from everywhere."""
    return Field(
        name="phone", label=_("Phone"), kind=PHONE, sql=f"{table}.phone", max_length=60, synonyms=synonyms
    )


def language(table: str, **more: Any) -> Field:
    """In which somebody is spoken to."""
    return Field(name="language", label=_("Language"), kind=LANGUAGE, sql=f"{table}.language", **more)


def tags(table: str) -> Field:
    """Words that people hang on a record."""
    synonyms = ("labels", "keywords", "label", "tag")
    return Field(name="tags", label=_("Tags"), kind=TAGS, sql=f"{table}.tags", synonyms=synonyms)


def owner(table: str, synonyms: tuple[str, ...]) -> Field:
    """Who works with it."""
    return Field(
        name="owner",
        label=_("Owner"),
        kind=USER,
        sql=f"{table}.owner_id",
        attribute="owner",
        shown="owner.name",
        exported="owner.email",
        shown_needs="owner",
        groupable=True,
        synonyms=synonyms,
    )


def territory(table: str, **more: Any) -> Field:
    """Where it belongs by place."""
    return Field(
        name="territory",
        label=_("Territory"),
        kind=TERRITORY,
        sql=f"{table}.territory_id",
        attribute="territory",
        shown="territory.name",
        exported="territory.name",
        shown_needs="territory",
        groupable=True,
        synonyms=("sales territory", "area", "wilayah"),
        **more,
    )


def joins_of_owner(table: str) -> dict[str, str]:
    """What owner, team and territory want beside the table."""
    return {
        "owner": f"LEFT JOIN people_user owner ON owner.id = {table}.owner_id",
        "team": f"LEFT JOIN people_team team ON team.id = {table}.team_id",
        "territory": f"LEFT JOIN people_territory territory ON territory.id = {table}.territory_id",
    }
