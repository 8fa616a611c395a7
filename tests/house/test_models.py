"""What holds for every model: who sees it, and that its limits and rules have words (design 7)."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management import call_command
from django.db import models

from leadline.core.fields import catalogues
from leadline.core.fields.kinds.links import LONGEST_TAG

# Never shown by themselves: reached only through a record that is visible, or no person's at all.
INTERNAL = {
    "customers.SharedDomain": "counted domains of providers; no page shows them",
    "core.OutgoingMail": "letters on their way; nobody reads them here",
    "core.Organisation": "one row that everybody reads",
    "core.HistoryEntry": "shown on its record",
    "core.EventRecord": "shown on its subjects",
    "core.EventSubject": "shown on its subjects",
    "core.EventWaiting": "keys, until their listener was told",
    "duplicates.Pair": "shown to whoever sees both sides, by duplicates/queries",
    "duplicates.Dismissal": "shown on its pair",
    "core.Merge": "keys; told on the change set and on the survivor",
    "core.SearchDocument": "joined to its record, within reach",
    "core.SearchWord": "words without their records",
    "core.DraftFile": "kept for its import",
    "customers.Pulse": "joined to its customer",
    "assignment.Turn": "counts; shown to who may read the rules",
    "assignment.Run": "shown on its record, as far as the reader may know of colleagues",
    "assignment.Given": "shown on its record",
    "leads.CallingHours": "one row that everybody is under",
    "leads.ScoreBands": "one row that everybody is under",
    "leads.Letters": "one row that everybody is under",
    "leads.Pulse": "joined to its lead",
    "leads.OnPlatform": "joined to its lead",
    "timeline.Attachment": "served through its note",
    "people.Role": "everybody reads what roles allow",
    "people.Team": "everybody reads the tree of teams",
    "people.Territory": "everybody reads which there are",
    "people.TerritoryMember": "shown on its territory",
    "people.Skill": "everybody reads which there are",
    "people.HeldSkill": "colleagues read what somebody knows, on the person",
    "people.Token": "one's own, asked by user",
    "people.Attempt": "counts under digests",
    "people.Provider": "buttons of the sign-in page; set up by administrators",
    "people.Identity": "asked by provider and subject",
    "people.CodeApp": "one's own, asked by user",
    "people.Passkey": "one's own, asked by user",
    "people.RecoveryCode": "one's own, asked by user",
    "people.SigningRules": "one row that everybody is under",
    "people.TokenUse": "counts, no person's",
    "core.DefaultView": "one's own, asked by user",
    "governance.Consent": "shown on its record",
    "governance.Sensitive": "shown on its record, masked",
    "governance.Seal": "hashes, no person's",
    "governance.Redaction": "digests, no person's",
    "governance.RecordMarks": "digests, no person's",
    "automation.Tally": "shown on its rule",
    "automation.Followed": "a number of the history",
    "segments.Standing": "shown on its segment",
    "segments.Pick": "shown as members, within reach of their records",
    "segments.Member": "joined to its record, within reach",
    "segments.Day": "shown on its segment",
    "segments.Place": "a number of the history",
    "platform.ReplacedArchive": "names of files that wait for a backup; only their number is shown",
    "platform.PlatformPulse": "joined to its user of the platform",
    "platform.DepositedSum": "shown on its user of the platform",
    "platform.SeenEvent": "digests, no person's",
    "platform.UsageDay": "shown on its customer",
    "platform.FeatureDay": "summed up on its customer",
    "platform.Utilisation": "counts by owner, team and territory, shown within reach",
    "platform.UsageDue": "keys, until they are counted",
    "platform.UsagePlace": "a place, never shown",
    "platform.PlatformRules": "one row that everybody is under",
    "scoring.LearntModel": "counts and weights, shown to whoever manages the settings",
    "scoring.Basis": "one row that everybody is under",
    "scoring.Place": "a number of the history",
    "scoring.Standing": "shown on its lead",
    "webforms.Day": "shown on its form",
    "imports.SavedMapping": "names of columns, never records",
    "api.Delivery": "shown on its webhook",
    "core.CustomStamp": "a stamp, never shown",
    "api.Attempt": "shown on its delivery",
    "api.IdempotencyKey": "one's own, asked by user",
}  # fmt: skip
OURS = [model for model in apps.get_models() if model.__module__.startswith("leadline.")]
FIELDS = [(entry, field) for entry in catalogues() if entry.model for field in entry.declared]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_shown_to_people_says_who_sees_it(model):
    """ALL-3, PPL-4: `visible_to`, or a reason why it is never shown by itself."""
    assert hasattr(model._default_manager.all(), "visible_to") or model._meta.label in INTERNAL


def test_what_people_ask_for_has_visible_to():
    """PPL-4: each kind with a catalogue."""
    kinds = [apps.get_model(entry.model) for entry in catalogues() if entry.model]

    assert {"Customer", "Contact", "Activity", "Note"} <= {model.__name__ for model in kinds}
    assert all(hasattr(model._default_manager.all(), "visible_to") for model in kinds)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_has_words(model):
    """ALL-2: a refusal by the database is told in a sentence of ours."""
    default = str(models.BaseConstraint.default_violation_error_message)
    for constraint in model._meta.constraints:
        assert str(constraint.violation_error_message) not in ("", default), constraint.name


@pytest.mark.parametrize(("entry", "field"), FIELDS, ids=lambda part: getattr(part, "name", ""))
def test_the_catalogue_knows_the_limits_of_the_database(entry, field):
    """ALL-2: too long is refused in words, so no column ever cuts or breaks."""
    model = apps.get_model(entry.model)
    try:
        column = model._meta.get_field(field.model_attribute)
    except FieldDoesNotExist:
        return  # computed, or of a side table
    if not field.editable:
        return
    if field.kind.key == "tags":
        assert column.base_field.max_length == LONGEST_TAG
    elif field.choices:
        assert all(len(str(key)) <= (column.max_length or 20) for key, _label in field.choices)
    elif field.kind.key in ("country", "language", "time_zone"):
        assert max(map(len, map(str, field.kind.known(field).values()))) <= column.max_length
    elif isinstance(column, models.CharField):
        assert field.max_length == column.max_length
    elif isinstance(column, models.TextField):
        assert field.max_length, "a text without end"


@pytest.mark.django_db
def test_no_migration_is_missing():
    """What models say is what the database gets."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
