"""What the API takes and answers about usage and capabilities (PLT-7, PLN-2)."""

from typing import Any

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import shown
from leadline.api.describing.shapes import MOMENT_OR_NULL, NUMBER, TEXT, Schema
from leadline.plans.models import Capability
from leadline.platform.fields import FEATURE_USE
from leadline.platform.models import FeatureUse
from leadline.platform.queries.usage import MEASURES

_DAY: Schema = {"type": "string", "format": "date"}
_NUMBER = {"description": "A whole number, or another as text."}
_AMOUNT: Schema = {"type": ["integer", "string"], **_NUMBER}
_AMOUNT_OR_NULL: Schema = {"type": ["integer", "string", "null"], **_NUMBER}
_SUMS: dict[str, Any] = {name: {"type": "integer", "minimum": 0} for name in MEASURES}
_KIND: Schema = {"enum": list(Capability.Kind.values)}
_USE = fields(
    {
        "capability": TEXT,
        "name": TEXT,
        "kind": _KIND,
        "used": _AMOUNT,
        "last_month": _AMOUNT,
        "limit": _AMOUNT_OR_NULL,
        "state": {"enum": list(FeatureUse.State.values)},
        "times": NUMBER,
        "users": NUMBER,
        "last_on": _DAY,
    }
)
_LINE = fields(
    {
        "capability": TEXT,
        "name": TEXT,
        "kind": _KIND,
        "limit": _AMOUNT_OR_NULL,
        "customers": NUMBER,
        "customers_last_month": NUMBER,
        "used": _AMOUNT_OR_NULL,
        "used_last_month": _AMOUNT_OR_NULL,
        "times": NUMBER,
        "near": {"type": "integer", "description": "Customers at 80 % of the limit and more."},
        "full": {"type": "integer", "description": "Customers at the limit."},
        "over": {"type": "integer", "description": "Customers over the limit."},
        "where": {"type": "object", "description": "The condition of its uses in GET /usage."},
    }
)
USAGE_COMPONENTS: dict[str, Schema] = {
    "FeatureUse": shown(FEATURE_USE),
    "Usage": fields(
        {
            "from": _DAY,
            "to": _DAY,
            "time_zone": TEXT,
            "totals": fields(_SUMS),
            "before": fields(_SUMS),
            "days": {"type": "array", "items": fields({"day": _DAY, **_SUMS})},
            "features": {"type": "array", "items": _USE},
        }
    ),
    "FeatureUtilisation": fields(
        {
            "counted_at": MOMENT_OR_NULL,
            "customers": {"type": "integer", "description": "Those known on the platform."},
            "features": {"type": "array", "items": _LINE},
        }
    ),
    "Capability": fields(
        {
            "id": NUMBER,
            "key": TEXT,
            "name": TEXT,
            "kind": _KIND,
            "default_limit": _AMOUNT_OR_NULL,
            "description": TEXT,
            "found_at": MOMENT_OR_NULL,
            "retired_at": MOMENT_OR_NULL,
            "version": NUMBER,
        },
        "id",
        "key",
        "name",
    ),
}
