"""The plain shapes that schemas are made of."""

from typing import Any

Schema = dict[str, Any]
ANY: Schema = {}
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NUMBER: Schema = {"type": "integer"}
NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
COUNTS: Schema = {"type": "object", "additionalProperties": NUMBER}
YES: Schema = {"type": "boolean"}
DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
