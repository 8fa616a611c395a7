"""The rule for approved compliance, where nobody altered it, tells both owners after the hand-over (LEA-10)."""

import json
from typing import Any

from django.db import migrations

DESK = {"step": "desk", "desk": "retention"}
NOTIFY = {"step": "notify", "who": "owner", "text": "Compliance is approved: {name}"}
AS_PROVIDED = ([DESK, NOTIFY], [DESK, {"step": "owner_of_desk"}, NOTIFY])
NOW = [DESK, {"step": "owner_of_desk", "why": "Compliance is approved"}]


def tell_both(_apps: Any, editor: Any) -> None:
    """As it was provided before → as it is provided now."""
    for steps in AS_PROVIDED:
        editor.execute(
            "UPDATE automation_rule SET steps = %s::jsonb, version = version + 1, updated_at = now()"
            " WHERE key = 'compliance_approved' AND steps = %s::jsonb",
            [json.dumps(NOW), json.dumps(steps)],
        )


class Migration(migrations.Migration):
    dependencies = [("automation", "0002_credits_by_time")]

    operations = [migrations.RunPython(tell_both, migrations.RunPython.noop)]
