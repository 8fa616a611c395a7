"""Exports of address books and systems, with the names of columns that they really have (CUS-20)."""

import pytest

from leadline.customers.models import Contact, Customer
from leadline.imports import actions
from leadline.imports.rejected import rejected_rows

GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    "Phone 1 - Value\n"
    "Maya,,Chen,,,,Nordwind Ventures,Partner,Deals,,,,* myContacts,* Work,"
    "maya@nordwind.example ::: m@x.example,Mobile,+1 415 555 0134 ::: +1 415 555 0135\n"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,"
    "E-mail 2 - Type,E-mail 2 - Value,Organization 1 - Name,Organization 1 - Title,Phone 1 - Type,"
    "Phone 1 - Value\n"
    "Maya Chen,Maya,,Chen,* My Contacts,* Work,,Home,maya@nordwind.example,Nordwind Ventures,"
    "Partner,Mobile,"
    "+1 415 555 0134\n"
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Company,Department,Job Title,Business Street,Business City,"
    "Business State,"
    "Business Postal Code,Business Country/Region,Home Street,Home City,Business Phone,Mobile Phone,"
    "E-mail Address,E-mail 2 Address,Web Page\n"
    "Maya,,Chen,Nordwind Ventures,Deals,Partner,1 Main St,Springfield,IL,62701,United States,"
    "2 Home Rd,Away,,"
    "+1 415 555 0134,,maya@nordwind.example,nordwind.example\n"
)
HUBSPOT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Job Title,"
    "Primary Associated Company,Primary Associated Company ID,Lifecycle Stage\n"
    "101,Maya,Chen,maya@nordwind.example,+1 415 555 0134,,,Partner,Nordwind Ventures,9001,Customer\n"
)
ZOHO = (
    "Record Id,Contact Owner,First Name,Last Name,Account Name,Email,Phone,Mobile,Title,Mailing City\n"
    "zcrm_1,,Maya,Chen,Nordwind Ventures,maya@nordwind.example,,+1 415 555 0134,Partner,Springfield\n"
)
PIPEDRIVE = (
    "Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Phone - Work,"
    "Person - Phone - Mobile,Person - Job title,Person - ID\n"
    "Maya Chen,Nordwind Ventures,,maya@nordwind.example,,+1 415 555 0134,Partner,7\n"
)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (GOOGLE_NEW, "Google Contacts"),
        (GOOGLE_OLD, "Google Contacts"),
        (OUTLOOK, "Outlook"),
        (HUBSPOT, "HubSpot"),
        (ZOHO, "Zoho"),
        (PIPEDRIVE, "Pipedrive"),
    ],
    ids=["google", "google-old", "outlook", "hubspot", "zoho", "pipedrive"],
)
def test_a_person_and_a_company_come_of_each(bring, run, ada, content, source):
    brought = bring(content, kind="contacts")
    assert brought.source == source
    actions.choose_options(brought, make_customers=True, by=ada)

    run(brought)

    assert [row.reason for row in rejected_rows(brought)] == []
    maya = Contact.objects.get()
    assert (maya.name, maya.email, maya.title) == ("Maya Chen", "maya@nordwind.example", "Partner")
    assert maya.phone == "+14155550134"
    assert maya.customer.name == "Nordwind Ventures"
    if source == "HubSpot":
        assert maya.customer.status == Customer.Status.ACTIVE
        assert [str(one) for one in maya.customer.external_ids.all()] == ["HubSpot:9001"]


def test_what_a_word_means_can_be_changed(bring, run, ada):
    brought = bring("Record ID,Company name,Email,Lifecycle Stage\n1,Acme,a@x.example,Evangelist\n")
    assert brought.values["3"]["Evangelist"] == "active"
    actions.map_columns(brought, mapping=brought.columns, values={3: {"Evangelist": "churned"}}, by=ada)

    run(brought)

    assert Customer.objects.get().status == "churned"
