"""Tasks go along when the records that they are about become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

TASKS = ngettext_lazy("%(n)s task", "%(n)s tasks", "n")

for _kind in ("customer", "contact"):
    register_attached(Attached(_kind, "tasks.Task", "about_id", TASKS, kind_column="about_kind"))
