"""From the figure to the list, a bulk fix, and a better score (CUS-24)."""

from playwright.sync_api import expect

from leadline.quality.queries import quality_for
from tests.journeys.test_bulk import in_the_bar
from tests.journeys.watching import calm


def test_from_the_page_to_the_list_to_the_fix_to_a_better_score(cast, make, visit):
    for _number in range(3):
        make.customer(cast.rosa, industry="Retail", country="ID", phone="+62 811 555 0134")
    make.customer(cast.rosa, country="ID", phone="+62 811 555 0135")
    make.customer(cast.otto, industry="Retail", country="ID")

    page = visit(cast.ada, "/data-quality/")
    expect(page.get_by_text("Nothing is counted yet")).to_be_visible()
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("link", name="Industry").filter(has_text="1 without")).to_be_visible()
    before = quality_for(cast.ada).all.score
    calm(page)

    page.get_by_role("link", name="Industry").filter(has_text="1 without").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Select all on this page").check()
    in_the_bar(page, "Change a field")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Industry").fill("Retail")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name="Change 1").click()
    expect(page.locator("#list-job")).to_contain_text("Done")

    page.goto(page.url.split("/customers/")[0] + "/data-quality/")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("link", name="Industry").filter(has_text="without")).to_have_count(0)
    assert quality_for(cast.ada).all.score > before
