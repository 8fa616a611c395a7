"""Exports of other systems, known by the names of their columns: what each column is called here."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.core.normalise.text import simple


@dataclass(frozen=True)
class Preset:
    """One kind of export: columns that give it away, and the fields its columns hold."""

    source: str
    kind: str
    marks: tuple[str, ...]
    fields: dict[str, str]

    def fits(self, names: set[str]) -> bool:
        """Whether a header (in simple letters) has all the marks."""
        return all(simple(mark) in names for mark in self.marks)


PRESETS = [
    Preset(
        "HubSpot", "customers", ("Record ID", "Company name"),
        {"Company name": "name", "Email": "email", "Company email": "email", "Phone Number": "phone",
         "Website URL": "website", "Company Domain Name": "website", "Industry": "industry",
         "Street Address": "address", "City": "city", "State/Region": "region", "Postal Code": "postcode",
         "Country/Region": "country", "Time Zone": "time_zone", "Description": "description",
         "Lifecycle Stage": "", "Record ID": "", "Company owner": "owner", "Create Date": "", "Type": ""},
    ),
    Preset(
        "HubSpot", "contacts", ("Record ID", "First Name", "Last Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone Number": "phone",
         "Mobile Phone Number": "phone", "Job Title": "title", "Associated Company": "customer",
         "Primary Associated Company": "customer", "Company Name": "customer", "Record ID": "",
         "Preferred language": "language", "Lead Status": "", "Contact owner": ""},
    ),
    Preset(
        "Salesforce", "contacts", ("Account Name", "First Name", "Last Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone": "phone",
         "Mobile": "phone", "Title": "title", "Department": "department", "Account Name": "customer",
         "Do Not Call": "do_not_call", "Email Opt Out": "do_not_email", "Contact ID": "", "Account ID": ""},
    ),
    Preset(
        "Salesforce", "customers", ("Account Name", "Billing Street"),
        {"Account Name": "name", "Email": "email", "Account Email": "email", "Phone": "phone",
         "Website": "website", "Industry": "industry", "Billing Street": "address", "Billing City": "city",
         "Billing State/Province": "region", "Billing Zip/Postal Code": "postcode",
         "Billing Country": "country",
         "Description": "description", "Account Owner": "owner", "Account Source": "source", "Type": "",
         "Account ID": "", "Last Modified Date": ""},
    ),
    Preset(
        "Pipedrive", "contacts", ("Person - Name",),
        {"Person - Name": "name", "Person - Email - Work": "email", "Person - Email": "email",
         "Person - Email - Home": "email", "Person - Phone - Work": "phone", "Person - Phone": "phone",
         "Person - Phone - Mobile": "phone", "Person - Organization": "customer",
         "Person - Job title": "title",
         "Organization - Name": "customer", "Person - ID": "", "Person - Owner": ""},
    ),
    Preset(
        "Pipedrive", "customers", ("Organization - Name",),
        {"Organization - Name": "name", "Organization - Email": "email", "Organization - Phone": "phone",
         "Organization - Website": "website", "Organization - Industry": "industry",
         "Organization - Address": "address", "Organization - Owner": "owner", "Organization - Label": "",
         "Organization - ID": ""},
    ),
    Preset(
        "Zoho", "contacts", ("First Name", "Last Name", "Account Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone": "phone",
         "Mobile": "phone", "Title": "title", "Department": "department", "Account Name": "customer",
         "Email Opt Out": "do_not_email", "Record Id": "", "Contact Id": ""},
    ),
    Preset(
        "Zoho", "customers", ("Account Name", "Record Id"),
        {"Account Name": "name", "Email": "email", "Phone": "phone", "Website": "website",
         "Industry": "industry", "Billing Street": "address", "Billing City": "city",
         "Billing State": "region",
         "Billing Code": "postcode", "Billing Country": "country", "Description": "description",
         "Account Owner": "owner", "Record Id": "", "Account Type": "", "Account Site": ""},
    ),
    Preset(
        "Google Contacts", "contacts", ("E-mail 1 - Value",),
        {"First Name": "first_name", "Given Name": "first_name", "Last Name": "last_name",
         "Family Name": "last_name", "Name": "name", "E-mail 1 - Value": "email", "Phone 1 - Value": "phone",
         "Organization Name": "customer", "Organization 1 - Name": "customer", "Organization Title": "title",
         "Organization 1 - Title": "title", "Organization Department": "department",
         "Organization 1 - Department": "department"},
    ),
]  # fmt: skip


def preset_for(names: list[str], kind: str) -> Preset | None:
    """The export a header comes from; the one that explains the most columns, if several do."""
    letters = {simple(name) for name in names}
    fitting = [preset for preset in PRESETS if preset.kind == kind and preset.fits(letters)]
    return max(fitting, key=lambda one: sum(simple(name) in letters for name in one.fields), default=None)
