"""Cards, a person with an organisation in one row, and the key of another system (CUS-19, CUS-20)."""

from playwright.sync_api import expect

from leadline.customers.models import Contact, Customer
from tests.journeys.test_importing import figure
from tests.journeys.watching import calm

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Chen;Maya;;;
FN:Maya Chen
ORG:Nordwind Ventures;
TITLE:Partner
EMAIL;TYPE=INTERNET:maya@nordwind.example
TEL;TYPE=CELL:+62 811 555 0134
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
EMAIL;INTERNET:joerg@mueller.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:No Address
END:VCARD
"""
SALESFORCE = """Contact ID,First Name,Last Name,Account Name,Email,Title,Mailing City,Account ID
003A,Ana,Lim,Acme,ana@acme.example,Buyer,Bandung,001A
003B,Ben,Oto,Acme,ben@acme.example,Chief,Bandung,001A
"""


def bring(page, path, kind):
    page.get_by_text(kind, exact=True).click()
    page.get_by_label("Choose a file").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(path.name)
    page.get_by_role("link", name="Continue").click()


def run(page):
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Would be created")).to_be_visible()
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()


def test_cards_make_people_and_their_companies_and_undo_takes_both_back(cast, visit, tmp_path):
    path = tmp_path / "people.vcf"
    path.write_text(CARDS)
    page = visit(cast.ada, "/imports/start")
    bring(page, path, "Contacts")
    expect(page.get_by_label("Card name goes to")).to_have_value("name")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Add the customers that are not here yet")).to_be_checked()
    calm(page)
    run(page)

    figure(page, "Created", 2)
    figure(page, "Customers created", 2)
    figure(page, "Rejected", 1)
    calm(page)
    assert sorted(Customer.objects.values_list("name", "kind")) == [
        ("Jörg Müller", "individual"),
        ("Nordwind Ventures", "enterprise"),
    ]
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("This import was undone.")).to_be_visible()
    assert not Customer.objects.current().exists()
    assert not Contact.objects.current().exists()


def test_an_export_is_known_again_by_the_ids_of_its_system(cast, visit, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text(SALESFORCE)
    page = visit(cast.ada, "/imports/start")
    bring(page, path, "Contacts")
    expect(page.get_by_text("column of Salesforce").first).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("External ids come from")).to_have_value("Salesforce")
    page.get_by_label("A record is known by its").select_option("external_id")
    page.get_by_label("Add the customers that are not here yet").check()
    run(page)
    figure(page, "Customers created", 1)

    path.write_text(SALESFORCE.replace("Buyer", "Head of buying").replace("ana@", "lim@"))
    page.goto(page.url.split("/imports/")[0] + "/imports/start")
    bring(page, path, "Contacts")
    expect(page.get_by_text("As you chose it the last time")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("A record is known by its")).to_have_value("external_id")
    page.get_by_text("Update the record", exact=True).click()
    run(page)

    figure(page, "Updated", 1)
    assert Contact.objects.get(external_ids__value="003A").email == "lim@acme.example"
    page.get_by_role("link", name="Imports", exact=True).first.click()
    page.get_by_role("link", name="Kept mappings").click()
    page.get_by_label("Name", exact=True).fill("Contacts of Salesforce")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Contacts of Salesforce")
    calm(page)
