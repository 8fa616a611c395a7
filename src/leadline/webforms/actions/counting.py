"""How often a form was seen, sent and held, by day."""

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.webforms.models import WebForm

_COUNT = """
INSERT INTO webforms_day AS kept (form_id, day, views, sent, held) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (form_id, day) DO UPDATE SET views = kept.views + excluded.views,
   sent = kept.sent + excluded.sent, held = kept.held + excluded.held
"""


@action
def count_view(form: WebForm, *, by: Actor) -> None:
    """Somebody looked at the form."""
    add_up(form, views=1)


def add_up(form: WebForm, *, views: int = 0, sent: int = 0, held: int = 0) -> None:
    """Add to the counts of today (UTC), in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [form.pk, now().date(), views, sent, held])
