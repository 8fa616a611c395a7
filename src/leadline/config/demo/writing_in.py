"""How people come to the demo company by themselves: web forms, letters, and what makes a lead promising."""

from datetime import timedelta
from email.utils import formataddr
from typing import Any

from leadline.config.demo.imagining import Imagination
from leadline.config.demo.staff import Staff
from leadline.core.actions import Actor
from leadline.core.clock import at, now
from leadline.intake.actions import add_address, take_letter
from leadline.people.models import User
from leadline.scoring.actions import add_rule
from leadline.segments.actions import add_segment
from leadline.webforms.actions import add_form, count_view, switch_form, take_submission
from leadline.webforms.actions.taking import Sent
from leadline.webforms.models import WebForm
from leadline.webforms.stamps import stamp_for

FORMS: tuple[dict[str, Any], ...] = (
    {
        "name": "Contact us",
        "texts": {
            "en": {"title": "Write to us", "intro": "We call you back today.", "thanks": "We call you soon."},
            "id": {
                "title": "Hubungi kami",
                "intro": "Kami menelepon Anda hari ini.",
                "thanks": "Kami segera menelepon.",
            },
        },
        "campaign": "Web search",
        "tags": ["website"],
    },
    {
        "name": "Autumn fair",
        "texts": {"en": {"title": "See us at the fair", "button": "Send me a ticket", "thanks": "See you!"}},
        "campaign": "Autumn fair",
        "consents": [{"channel": "email", "required": False, "words": {"en": "Send me news by e-mail."}}],
    },
)
SCORES: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("Came by a referral", {"field": "campaign", "op": "equals", "value": "Referral"}, 25),
    ("Names a company", {"field": "company", "op": "is_not_empty"}, 15),
    ("Can be called", {"field": "phone", "op": "is_not_empty"}, 10),
    ("Met at the autumn fair", {"field": "campaign", "op": "equals", "value": "Autumn fair"}, 20),
    ("Wrong number", {"field": "last_outcome", "op": "equals", "value": "wrong_number"}, -20),
)
SEGMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "Active in Indonesia",
        {
            "and": [
                {"field": "country", "op": "equals", "value": "ID"},
                {"field": "status", "op": "equals", "value": "active"},
            ]
        },
    ),
    ("Dealers", {"field": "kind", "op": "equals", "value": "dealer"}),
    ("Upsell desk", {"field": "desk", "op": "equals", "value": "upsell"}),
)
QUESTIONS = (
    "Do you deliver to our warehouse, and how long does it take?",
    "Please send the price list for dealers.",
    "We would like to order 40 pieces a month. Who is our contact?",
    "Can we pay by bank transfer?",
)
ADDRESS = "sales@demo.example"


def let_people_write_in(*, seed: int, staff: Staff, by: Actor) -> None:
    """Two forms with what was sent, an address with its letters, rules of scoring, segments for all."""
    imagination = Imagination(seed + 2, now())
    administrator = Actor(staff.administrator, via=by.via, trace=by.trace)
    house = Actor(User.objects.house(), via="web", trace="demo")
    for place, asked in enumerate(FORMS):
        with at(now() - timedelta(days=20)):
            form = switch_form(add_form(**asked, by=administrator), on=True, by=administrator)
        _send(form, 12 - place * 4, imagination, house)
    _write_letters(imagination, administrator, house)
    for name, where, points in SCORES:
        add_rule(name=name, where=where, points=points, by=administrator)
    for name, rule in SEGMENTS:
        add_segment(kind="customer", name=name, rule=rule, visibility="everybody", by=administrator)


def _send(form: WebForm, count: int, imagination: Imagination, house: Actor) -> None:
    """Somebody sends it every other day; each fourth looks like spam and is held back."""
    random = imagination.random
    for number in range(count):
        moment = now() - timedelta(days=count - number, minutes=random.randrange(600))
        person = imagination.company(contacts=1).people[0]
        text = random.choice(QUESTIONS)
        is_spam = number % 4 == 3
        answers = {
            "name": person.name,
            "email": f"web.{person.email}",
            "description": f"{text} http://a.example http://b.example http://c.example" if is_spam else text,
        }
        stamp = stamp_for(form.key, moment - timedelta(minutes=2))
        with at(moment):
            for _look in range(random.randrange(2, 9)):
                count_view(form, by=house)
            take_submission(form, Sent(answers, ticked=(0,), stamp=stamp, language="en"), by=house)


def _write_letters(imagination: Imagination, administrator: Actor, house: Actor) -> None:
    with at(now() - timedelta(days=10)):
        address = add_address(email=ADDRESS, language="en", by=administrator)
    for number in range(9):
        moment = now() - timedelta(days=9 - number, minutes=imagination.random.randrange(600))
        with at(moment):
            take_letter(address, _letter(number, imagination), door="pipe", by=house)


def _letter(number: int, imagination: Imagination) -> bytes:
    person = imagination.company(contacts=1).people[0]
    head = {
        "From": formataddr((person.name, f"mail.{person.email}")),
        "To": ADDRESS,
        "Subject": "A question on delivery",
        "Message-ID": f"<demo.{number}@demo.example>",
    }
    if number % 4 == 2:
        head |= {"From": "no-reply@shop.example", "Subject": "Your order was shipped"}
    if number % 4 == 3:
        head |= {"Auto-Submitted": "auto-replied", "Subject": "Out of office"}
    text = imagination.random.choice(QUESTIONS)
    return ("\r\n".join(f"{name}: {value}" for name, value in head.items()) + f"\r\n\r\n{text}\r\n").encode()
