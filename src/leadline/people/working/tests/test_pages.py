"""The pages of hours, absences and skills (PPL-1)."""

from datetime import timedelta

from leadline.people.models import User
from leadline.people.working import actions
from leadline.people.working.models import Absence, HeldSkill, Skill
from leadline.people.working.queries import day_of


def week_off(person):
    today = day_of(person)
    return {"begins_on": today, "ends_on": today + timedelta(days=6), "kind": "sick"}


def test_rosa_enters_an_absence_and_mira_sees_it_in_the_list(cast, as_):
    page = as_(cast.rosa).post(f"/people/{cast.rosa.pk}/absences", week_off(cast.rosa), follow=True).text
    assert "Sick" in page

    assert "Away until" in as_(cast.mira).get("/people").text
    colleague = as_(cast.otto).get(f"/people/{cast.rosa.pk}/work").text
    assert "Away until" in colleague
    assert "Sick" not in colleague
    assert "Enter absence" not in colleague
    assert "Sick" in as_(cast.mira).get(f"/people/{cast.rosa.pk}/work").text


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(cast, as_):
    rosa = as_(cast.rosa, htmx=True)
    rosa.post(f"/people/{cast.rosa.pk}/absences", week_off(cast.rosa))

    again = rosa.post(f"/people/{cast.rosa.pk}/absences", week_off(cast.rosa))
    hours = rosa.post(f"/people/{cast.rosa.pk}/hours", {"monday": "17:00-9:00"})

    assert again.status_code == hours.status_code == 422
    assert "overlaps an absence" in again.text
    assert "17:00-9:00" in hours.text
    assert "next day" in hours.text


def test_an_absence_is_changed_and_removed_by_the_manager(cast, as_):
    mira = as_(cast.mira, htmx=True)
    mira.post(f"/people/{cast.rosa.pk}/absences", week_off(cast.rosa))
    absence = Absence.objects.get()
    here = f"/people/{cast.rosa.pk}/absences/{absence.pk}"

    assert "Change absence" in mira.get(here).text
    mira.post(here, {**week_off(cast.rosa), "deputy": cast.otto.pk})
    absence.refresh_from_db()
    assert absence.deputy == cast.otto
    assert as_(cast.otto).get(here).status_code == 403
    assert mira.get(f"/people/{cast.otto.pk}/absences/{absence.pk}").status_code in (403, 404)
    assert mira.post(f"{here}/remove").status_code == 200
    assert not Absence.objects.exists()


def test_the_list_tells_load_and_finds_by_skill(cast, as_, make, by):
    make.customer(cast.rosa)
    User.objects.filter(pk=cast.rosa.pk).update(capacity=400)
    dutch = actions.add_skill(name="Dutch", kind="language", by=by(cast.ada))
    actions.give_skills(cast.rosa, levels={dutch.pk: 3}, by=by(cast.ada))

    found = as_(cast.mira).get(f"/people?skill={dutch.pk}").text

    assert "1 of 400" in found
    assert "Otto Brandt" not in found
    assert "1 of 400" not in as_(cast.otto).get("/people").text


def test_ada_places_rosa_and_says_what_she_knows(cast, as_):
    ada = as_(cast.ada)
    ada.post("/settings/skills/add", {"name": "Dutch", "kind": "language"})
    skill = Skill.objects.get()
    answers = {"name": "Rosa", "email": "rosa@example.com", "roles": ["inside-sales"], "team": cast.north.pk,
               "manager": cast.lena.pk, "capacity": 250, "is_active": "on"}  # fmt: skip
    ada.post(f"/people/{cast.rosa.pk}", answers)
    ada.post(f"/people/{cast.rosa.pk}/skills", {f"skill_{skill.pk}": 3})

    cast.rosa.refresh_from_db()
    assert (cast.rosa.manager, cast.rosa.capacity) == (cast.lena, 250)
    assert HeldSkill.objects.get(user=cast.rosa).level == 3
    assert "0 of 250" in ada.get(f"/people/{cast.rosa.pk}").text


def test_skills_are_arranged_under_the_settings(cast, as_):
    ada = as_(cast.ada, htmx=True)
    for name in ("Dutch", "Nederlands"):
        assert ada.post("/settings/skills/add", {"name": name, "kind": "language"})["HX-Redirect"]
    dutch, other = Skill.objects.order_by("name")

    assert (
        "in use or retired"
        in ada.post(f"/settings/skills/{other.pk}", {"name": "dutch", "kind": "skill"}).text
    )
    assert "at the higher level" in ada.get(f"/settings/skills/{other.pk}/merge").text
    ada.post(f"/settings/skills/{other.pk}/merge", {"into": dutch.pk})
    ada.post(f"/settings/skills/{dutch.pk}/retire")
    assert not Skill.objects.filter(retired_at=None).exists()
    ada.post(f"/settings/skills/{dutch.pk}/bring-back")
    assert "Dutch" in as_(cast.rosa).get("/settings/skills").text
    assert as_(cast.rosa).post(f"/settings/skills/{dutch.pk}/retire").status_code == 403
    assert as_(cast.rosa).get("/settings/skills/add").status_code == 403
