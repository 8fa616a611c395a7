"""The rule for approved compliance follows what is provided, where nobody altered it (LEA-10)."""

from importlib import import_module

from django.db import connection

from leadline.automation.models import Rule
from leadline.automation.provided import PROVIDED

MIGRATION = import_module("leadline.automation.migrations.0003_both_owners_hear")


def migrated(steps):
    Rule.objects.filter(key="compliance_approved").update(steps=steps, version=3)
    with connection.schema_editor() as editor:
        MIGRATION.tell_both(None, editor)
    rule = Rule.objects.get(key="compliance_approved")
    return rule.steps, rule.version


def test_only_what_nobody_altered_is_renewed(db):
    provided = next(each["steps"] for each in PROVIDED if each["key"] == "compliance_approved")
    for before in MIGRATION.AS_PROVIDED:
        assert migrated(before) == (provided, 4)

    altered = [MIGRATION.DESK, {**MIGRATION.NOTIFY, "text": "Call {name}"}]
    assert migrated(altered) == (altered, 3)
