"""The fields of a task, declared once for lists, filters, forms, files and the API (TIM-7)."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import CHOICE, DATE, LONG_TEXT, MOMENT, NUMBER, TEXT, USER, YES_NO
from leadline.core.fields.usual import archived, created_at, record_id, told, updated_at
from leadline.core.subjects import subject_model, subjects_with_pages
from leadline.tasks.models import Task
from leadline.tasks.scope import T, written_sql

MOST_MINUTES = 60 * 24 * 60
MOST_CHARACTERS = 20_000


def names_as_seen(item: Field, user: Any) -> Field:
    """The names of the records that tasks are about, of those alone that somebody sees (ALL-3)."""
    told = []
    for each in subjects_with_pages():
        table = subject_model(each.kind)._meta.db_table
        seen = written_sql(each.kind, user)
        if seen:
            told.append(
                f" WHEN '{each.kind}' THEN (SELECT {table}.{each.named} FROM {table}"
                f" WHERE {table}.id = {T}.about_id AND {T}.about_id IN ({seen}))"
            )
    names = f"(CASE {T}.about_kind{''.join(told)} END)" if told else "NULL::text"
    return replace(item, sql=names, seen_as=None)


TASK = register(
    Catalogue(
        kind="task",
        label=_("Task"),
        plural=_("Tasks"),
        model="tasks.Task",
        table=T,
        archived_sql=f"{T}.archived_at",
        joins={
            "owner": f"LEFT JOIN people_user task_owner ON task_owner.id = {T}.owner_id",
            "maker": f"LEFT JOIN people_user task_maker ON task_maker.id = {T}.made_by_id",
            "doer": f"LEFT JOIN people_user task_doer ON task_doer.id = {T}.done_by_id",
        },
        default_columns=("title", "due_at", "about", "kind", "priority"),
        default_sort="due_at",
        fields=(
            record_id(T, sort=Sort(sql=f"{T}.id", holds="number")),
            Field(
                name="title",
                label=_("Title"),
                kind=TEXT,
                sql=f"{T}.title",
                required=True,
                max_length=200,
                synonyms=("subject", "task", "judul", "tugas"),
            ),
            Field(
                name="description",
                label=_("Description"),
                kind=LONG_TEXT,
                sql=f"{T}.description",
                max_length=MOST_CHARACTERS,
                synonyms=("details", "notes", "keterangan"),
            ),
            Field(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql=f"{T}.kind",
                choices=tuple(Task.Kind.choices),
                groupable=True,
                synonyms=("type", "jenis"),
            ),
            Field(
                name="due_at",
                label=_("Due"),
                kind=MOMENT,
                sql=f"{T}.due_at",
                sort=Sort(sql=f"{T}.due_at", holds="moment", nullable=True),
                synonyms=("due", "due date", "deadline", "jatuh tempo", "tenggat"),
            ),
            Field(
                name="due_on",
                label=_("Due day"),
                kind=DATE,
                sql=f"{T}.due_on",
                help=_("Given when it is due on a day, without a time."),
            ),
            Field(name="zone", label=_("Time zone"), kind=TEXT, sql=f"{T}.zone", max_length=64),
            Field(name="remind_at", label=_("Reminder"), kind=MOMENT, sql=f"{T}.remind_at"),
            Field(
                name="remind_before",
                label=_("Reminder (minutes before)"),
                kind=NUMBER,
                sql=f"{T}.remind_before",
                minimum=0,
                maximum=MOST_MINUTES,
            ),
            Field(
                name="priority",
                label=_("Priority"),
                kind=CHOICE,
                sql=f"{T}.priority",
                choices=tuple(Task.Priority.choices),
                groupable=True,
                synonyms=("prioritas",),
            ),
            Field(
                name="owner",
                label=_("Owner"),
                kind=USER,
                sql=f"{T}.owner_id",
                attribute="owner_id",
                shown="coalesce(nullif(task_owner.name, ''), task_owner.email)",
                exported="task_owner.email",
                shown_needs="owner",
                groupable=True,
                synonyms=("assignee", "pemilik"),
            ),
            told(
                "made_by",
                _("Made by"),
                USER,
                f"{T}.made_by_id",
                attribute="made_by_id",
                shown="coalesce(nullif(task_maker.name, ''), task_maker.email)",
                exported="task_maker.email",
                shown_needs="maker",
                groupable=True,
            ),
            told("about", _("About"), TEXT, "NULL::text", seen_as=names_as_seen),
            Field(
                name="about_kind",
                label=_("About (kind)"),
                kind=TEXT,
                sql=f"{T}.about_kind",
                max_length=40,
                groupable=True,
            ),
            Field(name="about_id", label=_("About (id)"), kind=NUMBER, sql=f"{T}.about_id"),
            Field(
                name="repeats",
                label=_("Repeats"),
                kind=CHOICE,
                sql=f"{T}.repeats",
                choices=tuple(Task.Repeats.choices),
                groupable=True,
            ),
            told("done", _("Done"), YES_NO, f"({T}.done_at IS NOT NULL)", attribute="done_at"),
            told(
                "overdue",
                _("Overdue"),
                YES_NO,
                f"coalesce({T}.due_at < now() AND {T}.done_at IS NULL, FALSE)",
                attribute="due_at",
            ),
            told(
                "done_at",
                _("Done at"),
                MOMENT,
                f"{T}.done_at",
                sort=Sort(sql=f"{T}.done_at", holds="moment", nullable=True),
            ),
            told(
                "done_by",
                _("Done by"),
                USER,
                f"{T}.done_by_id",
                attribute="done_by_id",
                shown="coalesce(nullif(task_doer.name, ''), task_doer.email)",
                exported="task_doer.email",
                shown_needs="doer",
            ),
            told(
                "outcome",
                _("Outcome"),
                TEXT,
                f"{T}.outcome",
                max_length=500,
                synonyms=("result", "remark", "hasil"),
            ),
            told("snoozes", _("Snoozed (times)"), NUMBER, f"{T}.snoozes"),
            told("snoozed_from", _("Snoozed from"), MOMENT, f"{T}.snoozed_from"),
            archived(T),
            created_at(T),
            updated_at(T),
        ),
    )
)
