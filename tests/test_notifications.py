"""Notifications: who is told, and how it is shown (TIM-11)."""

from leadline.customers import actions
from leadline.timeline.models import Notification


def told(user):
    return list(Notification.objects.filter(user=user).values_list("kind", "text"))


def test_who_is_mentioned_is_told_if_the_customer_is_hers_to_see(cast, make, settle):
    customer = make.customer(cast.rosa, name="Baobab Capital")
    make.note(customer, "@mira @otto @rosa please look at this.", author=cast.rosa)
    settle()

    assert told(cast.mira) == [("mention", "Rosa Ibarra mentioned you in a note on Baobab Capital.")]
    assert told(cast.otto) == []
    assert told(cast.rosa) == []


def test_a_note_that_is_edited_tells_only_those_mentioned_anew(cast, make, by, settle):
    customer = make.customer(cast.rosa)
    note = make.note(customer, "@mira look.", author=cast.rosa)
    actions.edit_note(note, customer, body="@mira and @lena look.", by=by(cast.rosa))
    settle()

    assert len(told(cast.mira)) == 1
    assert len(told(cast.lena)) == 1


def test_a_new_owner_is_told_once_for_the_whole_set(cast, make, by, settle):
    ids = [make.customer(cast.rosa).pk for _number in range(3)]
    settle()
    Notification.objects.all().delete()

    actions.assign_customers(ids, owner=cast.otto, by=by(cast.lena))
    actions.assign_customers(ids, owner=cast.ada, by=by(cast.ada))
    settle()

    assert told(cast.otto) == [("assignment", "Lena Sari handed you 3 customers.")]
    assert told(cast.ada) == []


def test_each_is_told_in_the_own_language_and_led_to_the_customer(cast, make, by, settle, as_):
    customer = make.customer(None, name="Kusuma Tekstil")
    actions.assign_customers([customer.pk], owner=cast.otto, by=by(cast.lena))
    settle()
    notification = Notification.objects.get(user=cast.otto)

    response = as_(cast.otto).post(f"/notifications/{notification.pk}")

    assert notification.text == "Lena Sari handed you Kusuma Tekstil."
    assert response["Location"] == f"/customers/{customer.pk}/"
    assert not Notification.objects.unread().filter(user=cast.otto).exists()


def test_the_bell_counts_and_is_silent_while_nothing_changes(cast, make, by, settle, as_):
    browser = as_(cast.otto, htmx=True)
    quiet = browser.get("/notifications/bell")
    assert "badge" not in quiet.text

    actions.assign_customers([make.customer(cast.rosa).pk], owner=cast.otto, by=by(cast.lena))
    settle()
    rings = browser.get("/notifications/bell?seen=0-0")

    assert "1 unread notification" in rings.text
    seen = rings.text.split("seen=")[1].split('"')[0]
    assert browser.get(f"/notifications/bell?seen={seen}").status_code == 204


def test_the_page_follows_the_bell(cast, make, by, settle, as_):
    browser = as_(cast.otto, htmx=True)
    page = browser.get("/notifications/")
    again = page.text.split('id="notifications"')[1].split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert "Nothing yet" in page.text
    assert browser.get(again).status_code == 204

    actions.assign_customers([make.customer(cast.rosa).pk], owner=cast.otto, by=by(cast.lena))
    settle()

    assert browser.get("/notifications/bell?seen=0-0")["HX-Trigger"] == "bell-rang"
    assert "handed you" in browser.get(again).text


def test_the_bell_costs_one_query_beside_the_person(cast, as_, django_assert_max_num_queries):
    browser = as_(cast.otto)
    browser.get("/notifications/bell")
    with django_assert_max_num_queries(2):
        browser.get("/notifications/bell")


def test_nobody_opens_or_reads_the_notifications_of_others(cast, make, by, settle, as_):
    actions.assign_customers([make.customer(cast.rosa).pk], owner=cast.otto, by=by(cast.lena))
    settle()
    notification = Notification.objects.get(user=cast.otto)

    assert as_(cast.rosa).post(f"/notifications/{notification.pk}").status_code == 404
    as_(cast.lena).post("/notifications/read")
    assert Notification.objects.unread().filter(user=cast.otto).count() == 1
    assert "Lena Sari handed you" not in as_(cast.lena).get("/notifications/").text

    as_(cast.otto).post("/notifications/read")
    assert not Notification.objects.unread().filter(user=cast.otto).exists()
