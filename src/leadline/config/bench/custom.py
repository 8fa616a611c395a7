"""Custom fields: the list by one, with one as its filter, and the form that saves ten (CUS-21)."""

import json
from urllib.parse import urlencode

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.fields import Field, catalogue

LIST = "/customers/"


@row("List with custom columns, filter and order", Goal(25))
def customised(data: Data) -> dict[str, Measured]:
    """All custom fields as columns; a filter by a choice; an order by an index by expression. Without custom
    fields on the data set there is nothing to measure."""
    fields = catalogue("customer").custom_for(None)
    columns = ",".join(["name", *(item.name for item in fields)])
    found = {}
    for who, user in data.people.items():
        for name, asked in _asked(fields).items():
            address = f"{LIST}?{urlencode({'columns': columns, **asked})}"
            found[f"{who}, {name}"] = measured([fetch(user, address)], data.times)
    return found


def _asked(fields: list[Field]) -> dict[str, dict[str, str]]:
    """What is asked of the list, as far as the fields that are there let it."""
    chosen = next((item for item in fields if item.kind.key == "choice"), None)
    ordered = next((item for item in fields if item.sortable), None)
    asked: dict[str, dict[str, str]] = {"columns": {}} if fields else {}
    if chosen:
        value = {"field": chosen.name, "op": "equals", "value": chosen.choices[0][0]}
        asked["filter"] = {"where": json.dumps(value)}
    if ordered:
        asked["order"] = {"sort": ordered.name}
    if chosen and ordered:
        asked["filter and order"] = {**asked["filter"], **asked["order"]}
    return asked
