"""The same question by every way there is: which of these customers do you see, and how many?

Each asker answers with what it saw. A list is asked for all it holds; where it counts, the two must agree.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadline.core.actions import Actor
from leadline.core.jobs import result_path, run_waiting_jobs
from leadline.core.jobs.models import Job
from leadline.customers.models import Customer
from leadline.people.actions import create_token
from leadline.people.models import User
from leadline.people.signing.entering import session_cookie
from tests.cast import undone
from tests.scope.planting import MISSING, WORDS, Planted

KOPI = json.dumps({"field": "name", "op": "contains", "value": "Kopi"})
BUDI = json.dumps({"field": "name", "op": "contains", "value": "Budi"})


@dataclass(frozen=True)
class Told:
    """What an answer told of, and how many it says there are (None where it does not count)."""

    seen: set[str]
    count: int | None = None


class Somebody:
    """Somebody in a browser, with a program that acts for them; what an answer did is taken back."""

    def __init__(self, user: User, planted: Planted):
        self.user, self.planted = user, planted
        self.browser = Client(headers={"HX-Request": "true"})
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = session_cookie(user)
        token = create_token(user, name="scope", by=Actor(user))
        self.program = Client(headers={"Authorization": f"Bearer {token}"})

    def page(self, address: str, **asked: Any) -> str:
        """A page or a part of one, which must be there."""
        response = self.browser.get(f"/{address}", asked)
        assert response.status_code == 200, address
        return response.content.decode()

    def told(self, address: str, **asked: Any) -> dict[str, Any]:
        """What the API answers, which must be there."""
        response = self.program.get(f"/api/v1/{address}", asked)
        assert response.status_code == 200, response.content
        return response.json()

    def send(self, address: str, body: Any) -> Any:
        """What the API answers to a POST, whatever it is."""
        return self.program.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json")


def words_in(text: str) -> set[str]:
    """Whose words a text holds."""
    return {whose for whose, word in WORDS.items() if word.lower() in text.lower()}


def number_in(pattern: str, text: str) -> int:
    """The number that a page shows."""
    found = re.search(pattern, text)
    assert found, (pattern, text[:2000])
    return int(found[1])


# -- Pages -------------------------------------------------------------------------------------------------


def on_a_list(**asked: Any) -> Callable[[Somebody], Told]:
    """The list of customers as an address asks for it, with its count; the count asked for alone agrees."""

    def ask(who: Somebody) -> Told:
        page = who.page("customers/", limit=200, **asked)
        alone = number_in(r"(\d+) in all", who.page("customers/count", **asked))
        rows = "".join(re.findall(r'<th scope="row">.*?</th>', page, re.S))
        shown = number_in(r'<ll-selection matching="(\d+)"', page) if rows else 0
        assert shown == alone, (shown, alone)
        return Told(words_in(rows), alone)

    return ask


def on_a_page(address: str, **asked: Any) -> Callable[[Somebody], Told]:
    """Whatever one page tells."""
    return lambda who: Told(words_in(who.page(address, **asked)))


def one_by_one(address: str) -> Callable[[Somebody], Told]:
    """A page of each customer: there, or 404 without a word of it; what is not there is never there."""

    def ask(who: Somebody) -> Told:
        seen = set()
        for whose, customer in who.planted.customers.items():
            response = who.browser.get(f"/{address % customer.pk}")
            text = response.content.decode()
            if response.status_code == 200:
                seen.add(whose)
            else:
                assert (response.status_code, words_in(text)) == (404, set()), (address, whose)
        assert who.browser.get(f"/{address % MISSING}").status_code == 404
        return Told(seen)

    return ask


def previewed(who: Somebody) -> Told:
    """How many a bulk change on a page would reach; it names nobody."""
    page = who.browser.post(
        "/customers/bulk/tag", {"all": "1", "step": "preview", "add": "autumn"}
    ).content.decode()
    return Told(words_in(page), number_in(r"Change (\d+)", page))


def exported(who: Somebody) -> Told:
    """The file that the list makes of all that it shows."""
    sent = {"step": "start", "all": "1", "format": "csv", "column": ["name", "city"]}
    assert who.browser.post("/customers/export", sent).status_code == 200
    return _in_the_file(Job.objects.latest("pk"))


def imported(on_duplicate: str) -> Callable[[Somebody], Told]:
    """Whose city a file changes that names all by e-mail; what is told of the import names nobody else.

    A row that matches a customer out of sight is refused or skipped, and that customer stays as it was.
    """

    def ask(who: Somebody) -> Told:
        planted = who.planted.customers
        rows = "".join(f"Anew {at},{each.email},Solo\n" for at, each in enumerate(planted.values()))
        file = SimpleUploadedFile("list.csv", f"Name,Email,City\n{rows}".encode(), "text/csv")
        sent = {"file": file, "kind": "customers", "duplicates": on_duplicate, "key": "email", "start": "no"}
        begun = who.program.post("/api/v1/imports", sent)
        assert begun.status_code == 201, begun.content
        key = begun.json()["id"]
        told = [who.page(f"imports/{key}/preview")]
        for deed in ("check", "start"):
            assert who.send(f"imports/{key}/{deed}", {}).status_code == 202
            run_waiting_jobs()
            told += [json.dumps(who.told(f"imports/{key}")), who.page(f"imports/{key}/rejected")]
        told.append(json.dumps(who.told(f"imports/{key}/rejected-rows")))
        cities = dict(Customer.objects.values_list("pk", "city"))
        changed = {whose for whose, customer in planted.items() if cities[customer.pk] == "Solo"}
        assert words_in("".join(told)) == set(), "the file holds no name of theirs"
        return Told(changed, who.told(f"imports/{key}")["counts"].get("updated", 0))

    return ask


# -- The API -----------------------------------------------------------------------------------------------


def by_program(address: str, of: str = "customers", **asked: Any) -> Callable[[Somebody], Told]:
    """A list of the API and its exact count."""

    def ask(who: Somebody) -> Told:
        told = who.told(address, limit=200, **asked)
        assert told["next"] is None
        assert told["count"]["exact"]
        keys = {row["id"] for row in told["data"]}
        planted = getattr(who.planted, of)
        seen = {whose for whose, record in planted.items() if record.pk in keys}
        assert len(keys) == len(seen), "more than was planted"
        assert words_in(json.dumps(told)) == seen
        return Told(seen, told["count"]["value"])

    return ask


def each_by_program(address: str, of: str = "customers") -> Callable[[Somebody], Told]:
    """Each record by its address of the API: there, or 404 in the words for what is not there."""

    def ask(who: Somebody) -> Told:
        missing = who.program.get(f"/api/v1/{address % MISSING}")
        assert missing.status_code == 404
        answers = {
            whose: who.program.get(f"/api/v1/{address % record.pk}")
            for whose, record in getattr(who.planted, of).items()
        }
        hidden = [answer for answer in answers.values() if answer.status_code != 200]
        assert all((each.status_code, each.json()) == (404, missing.json()) for each in hidden)
        return Told({whose for whose, answer in answers.items() if answer.status_code == 200})

    return ask


def previewed_by_program(selection: Callable[[Planted], dict[str, Any]]) -> Callable[[Somebody], Told]:
    """How many of a selection a bulk change would reach."""

    def ask(who: Somebody) -> Told:
        body = {"selection": selection(who.planted), "verb": "tag", "answers": {"add": ["autumn"]}}
        told = who.send("customers/bulk", {**body, "preview": True}).json()
        return Told(words_in(json.dumps(told)), told["can_change"])

    return ask


def exported_by_program(selection: Callable[[Planted], dict[str, Any]]) -> Callable[[Somebody], Told]:
    """The file that an export of a selection makes, and how many rows it says it has."""

    def ask(who: Somebody) -> Told:
        begun = who.send("exports", {**selection(who.planted), "columns": ["name"]})
        assert begun.status_code == 201, begun.content
        return _in_the_file(Job.objects.get(pk=begun.json()["id"]))

    return ask


def _in_the_file(job: Job) -> Told:
    run_waiting_jobs()
    job.refresh_from_db()
    file = result_path(job)
    assert file is not None
    rows = file.read_text("utf-8-sig").splitlines()
    assert len(rows) - 1 == job.counts["exported"]
    return Told(words_in("\n".join(rows)), job.counts["exported"])


def ids_of(planted: Planted) -> dict[str, Any]:
    """All by their ids, and one that is not there."""
    return {"ids": [*(customer.pk for customer in planted.customers.values()), MISSING]}


def all_in_use(_planted: Planted) -> dict[str, Any]:
    """All that a list shows at first."""
    return {"where": {}}


def taken_back(asks: Iterable[tuple[str, Callable[[Somebody], Told]]], who: Somebody) -> dict[str, Told]:
    """What each asker told, each asked as if it were the only one."""
    told = {}
    for name, ask in asks:
        with undone():
            told[name] = ask(who)
    return told
