"""Orders of leads that a row beside them keeps, by an index in each scope."""

from leadline.core.fields import Sort

L = "leads_lead"
REPEATED = ("owner_id", "team_id", "territory_id", "archived_at")


def kept_beside(table: str, name: str, holds: str) -> Sort:
    """The order by a column of a row beside; what that repeats of the lead and its stage is asked there."""
    return Sort(
        sql=f"{table}.{name}",
        holds=holds,
        nullable=True,
        table=table,
        id_sql=f"{table}.lead_id",
        join=f"LEFT JOIN {L} ON {L}.id = {table}.lead_id",
        repeats=(
            ("stage.kind", f"{table}.stage_kind"),
            *((f"{L}.{column}", f"{table}.{column}") for column in REPEATED),
        ),
    )
