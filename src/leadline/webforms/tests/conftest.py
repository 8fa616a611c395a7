"""What tests of web forms begin with."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.webforms import actions
from leadline.webforms.stamps import stamp_for


@pytest.fixture
def web_form(cast, by):
    """A form that is open, made by the administrator, in English and Indonesian."""
    form = actions.add_form(
        name="Contact us",
        texts={"en": {"title": "Write to us", "thanks": "We call you."}, "id": {"title": "Hubungi kami"}},
        campaign="Spring",
        tags=["site"],
        by=by(cast.ada),
    )
    return actions.switch_form(form, on=True, by=by(cast.ada))


@pytest.fixture
def filled():
    """What a person sends through a form, after a minute."""

    def of(form, **answers):
        stamp = stamp_for(form.key, now() - timedelta(minutes=1))
        return {"name": "Tess Vega", "email": "tess@example.com", "stamp": stamp, **answers}

    return of
