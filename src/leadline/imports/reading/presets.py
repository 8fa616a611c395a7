"""Exports of other systems, known by the names of their columns: what each column is called here.

The names are those that HubSpot, Salesforce, Pipedrive, Zoho CRM, Google Contacts and Outlook write in
English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadline.core.normalise.text import simple

# What their words for a customer's stage mean here; what is not named is left to the person.
LIFECYCLE = {
    "Subscriber": "prospect", "Lead": "prospect", "Marketing Qualified Lead": "prospect",
    "Sales Qualified Lead": "prospect", "Opportunity": "prospect", "Customer": "active",
    "Evangelist": "active", "Other": "prospect",
}  # fmt: skip
ACCOUNT_TYPE = {
    "Analyst": "prospect", "Competitor": "prospect", "Customer": "active", "Customer - Direct": "active",
    "Customer - Channel": "active", "Channel Partner / Reseller": "active", "Distributor": "active",
    "Installation Partner": "active", "Technology Partner": "active", "Integrator": "active",
    "Investor": "prospect", "Other": "prospect", "Partner": "active", "Press": "prospect",
    "Prospect": "prospect", "Reseller": "active", "Supplier": "prospect", "Vendor": "prospect",
}  # fmt: skip
LABEL = {
    "Customer": "active", "Hot lead": "prospect", "Warm lead": "prospect", "Cold lead": "prospect",
    "Churned": "churned",
}  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """One kind of export: columns that give it away, the fields its columns hold, what its words mean.

    `with_customers`: its rows tell enough of the customer to make it."""

    source: str
    kind: str
    marks: tuple[str, ...]
    fields: dict[str, str]
    values: Mapping[str, dict[str, str]] = field(default_factory=dict)
    with_customers: bool = False

    def fits(self, names: set[str]) -> bool:
        """Whether a header (in simple letters) has all the marks."""
        return all(simple(mark) in names for mark in self.marks)


PRESETS = [
    Preset(
        "HubSpot", "customers", ("Record ID", "Company name"),
        {"Company name": "name", "Email": "email", "Company email": "email", "Phone Number": "phone",
         "Website URL": "website", "Company Domain Name": "website", "Industry": "industry",
         "Number of Employees": "employees", "Street Address": "address", "City": "city",
         "State/Region": "region", "Postal Code": "postcode", "Country/Region": "country",
         "Time Zone": "time_zone", "Description": "description", "Lifecycle Stage": "status",
         "Record ID": "external_id", "Company owner": "owner", "Parent Company": "parent",
         "Original Source Type": "source", "Original Traffic Source": "source", "Create Date": "", "Type": "",
         "Last Activity Date": "", "Lead Status": "", "Associated Contact": "", "Associated Contact IDs": ""},
        {"Lifecycle Stage": LIFECYCLE},
    ),
    Preset(
        "HubSpot", "contacts", ("Record ID", "First Name", "Last Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone Number": "phone",
         "Mobile Phone Number": "other_phone", "Job Title": "title", "Associated Company": "customer",
         "Primary Associated Company": "customer", "Company Name": "customer",
         "Associated Company IDs": "customer_external_id",
         "Primary Associated Company ID": "customer_external_id", "Record ID": "external_id",
         "Preferred language": "language", "Website URL": "customer_website", "Industry": "customer_industry",
         "Street Address": "customer_address", "City": "customer_city", "State/Region": "customer_region",
         "Postal Code": "customer_postcode", "Country/Region": "customer_country",
         "Lifecycle Stage": "customer_status", "Contact owner": "customer_owner", "Lead Status": "",
         "Marketing contact status": "", "Create Date": "", "Last Activity Date": ""},
        {"Lifecycle Stage": LIFECYCLE},
    ),
    Preset(
        "Salesforce", "contacts", ("Account Name", "First Name", "Last Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone": "phone",
         "Business Phone": "phone", "Mobile": "other_phone", "Mobile Phone": "other_phone", "Title": "title",
         "Department": "department", "Account Name": "customer", "Account ID": "customer_external_id",
         "Contact ID": "external_id", "Mailing Street": "customer_address", "Mailing City": "customer_city",
         "Mailing State/Province": "customer_region", "Mailing Zip/Postal Code": "customer_postcode",
         "Mailing Country": "customer_country", "Contact Owner": "", "Do Not Call": "do_not_call",
         "Email Opt Out": "do_not_email", "Lead Source": "", "Reports To": "", "Fax": "", "Salutation": ""},
    ),
    Preset(
        "Salesforce", "contacts", ("FirstName", "LastName", "AccountId", "Email", "Id"),
        {"FirstName": "first_name", "LastName": "last_name", "Email": "email", "Phone": "phone",
         "MobilePhone": "other_phone", "Title": "title", "Department": "department",
         "AccountId": "customer_external_id", "Id": "external_id", "DoNotCall": "do_not_call",
         "HasOptedOutOfEmail": "do_not_email", "Name": "name", "OwnerId": "", "IsDeleted": ""},
    ),
    Preset(
        "Salesforce", "customers", ("Account Name", "Billing Street"),
        {"Account Name": "name", "Email": "email", "Account Email": "email", "Phone": "phone",
         "Website": "website", "Industry": "industry", "Employees": "employees",
         "Billing Street": "address", "Billing City": "city", "Billing State/Province": "region",
         "Billing Zip/Postal Code": "postcode", "Billing Country": "country",
         "Description": "description", "Account Owner": "owner", "Account Source": "source", "Type": "status",
         "Parent Account": "parent", "Account ID": "external_id", "Last Modified Date": "", "Rating": "",
         "Last Activity": "", "Annual Revenue": "", "Created Date": "", "Fax": ""},
        {"Type": ACCOUNT_TYPE},
    ),
    Preset(
        "Salesforce", "customers", ("Id", "Name", "BillingStreet"),
        {"Id": "external_id", "Name": "name", "Phone": "phone", "Website": "website", "Industry": "industry",
         "NumberOfEmployees": "employees", "BillingStreet": "address", "BillingCity": "city",
         "BillingState": "region", "BillingPostalCode": "postcode", "BillingCountry": "country",
         "Description": "description", "AccountSource": "source", "Type": "status", "ParentId": "parent",
         "OwnerId": "", "IsDeleted": "", "Email__c": "email"},
        {"Type": ACCOUNT_TYPE},
    ),
    Preset(
        "Pipedrive", "contacts", ("Person - Name",),
        {"Person - Name": "name", "Person - First name": "", "Person - Last name": "",
         "Person - Email - Work": "email", "Person - Email": "email", "Person - Email - Home": "other_email",
         "Person - Email - Other": "", "Person - Phone - Work": "phone", "Person - Phone": "phone",
         "Person - Phone - Mobile": "other_phone", "Person - Phone - Home": "", "Person - Phone - Other": "",
         "Person - Organization": "customer", "Person - Job title": "title", "Person - Title": "title",
         "Organization - Name": "customer", "Person - ID": "external_id",
         "Person - Organization ID": "customer_external_id", "Organization - ID": "customer_external_id",
         "Organization - Address": "customer_address", "Person - Owner": "", "Person - Label": "",
         "Person - Labels": "", "Person - Marketing status": ""},
    ),
    Preset(
        "Pipedrive", "customers", ("Organization - Name",),
        {"Organization - Name": "name", "Organization - Email": "email", "Organization - Phone": "phone",
         "Organization - Website": "website", "Organization - Industry": "industry",
         "Organization - Employee count": "employees", "Organization - Address": "address",
         "Organization - City/town/village/locality of Address": "city",
         "Organization - State/county of Address": "region",
         "Organization - ZIP/Postal code of Address": "postcode",
         "Organization - Country of Address": "country", "Organization - Owner": "owner",
         "Organization - Label": "status", "Organization - Labels": "status",
         "Organization - ID": "external_id"},
        {"Organization - Label": LABEL, "Organization - Labels": LABEL},
    ),
    Preset(
        "Zoho", "contacts", ("First Name", "Last Name", "Account Name", "Email"),
        {"First Name": "first_name", "Last Name": "last_name", "Email": "email",
         "Secondary Email": "other_email", "Phone": "phone", "Mobile": "other_phone", "Title": "title",
         "Department": "department", "Account Name": "customer", "Account Name.id": "customer_external_id",
         "Mailing Street": "customer_address", "Mailing City": "customer_city",
         "Mailing State": "customer_region", "Mailing Zip": "customer_postcode",
         "Mailing Country": "customer_country", "Email Opt Out": "do_not_email", "Record Id": "external_id",
         "Contact Id": "external_id", "Contact Owner": "", "Lead Source": "", "Salutation": ""},
    ),
    Preset(
        "Zoho", "customers", ("Account Name", "Record Id"),
        {"Account Name": "name", "Email": "email", "Phone": "phone", "Website": "website",
         "Industry": "industry", "Employees": "employees", "Billing Street": "address",
         "Billing City": "city", "Billing State": "region", "Billing Code": "postcode",
         "Billing Country": "country", "Description": "description", "Account Owner": "owner",
         "Parent Account": "parent", "Record Id": "external_id", "Account Type": "status", "Account Site": "",
         "Rating": "", "Ownership": "", "Annual Revenue": ""},
        {"Account Type": ACCOUNT_TYPE},
    ),
    Preset(
        "Google Contacts", "contacts", ("E-mail 1 - Value",),
        {"First Name": "first_name", "Given Name": "first_name", "Last Name": "last_name",
         "Family Name": "last_name", "Name": "name", "E-mail 1 - Value": "email",
         "E-mail 2 - Value": "other_email", "Phone 1 - Value": "phone", "Phone 2 - Value": "other_phone",
         "Organization Name": "customer", "Organization 1 - Name": "customer", "Organization Title": "title",
         "Organization 1 - Title": "title", "Organization Department": "department",
         "Organization 1 - Department": "department", "Address 1 - Street": "customer_address",
         "Address 1 - City": "customer_city", "Address 1 - Region": "customer_region",
         "Address 1 - Postal Code": "customer_postcode", "Address 1 - Country": "customer_country",
         "Website 1 - Value": "customer_website", "Language": "", "Notes": "", "Labels": "",
         "Group Membership": ""},
        with_customers=True,
    ),
    Preset(
        "Outlook", "contacts", ("First Name", "Last Name", "E-mail Address", "Business Phone"),
        {"First Name": "first_name", "Last Name": "last_name", "E-mail Address": "email",
         "E-mail 2 Address": "other_email", "Company": "customer", "Department": "department",
         "Job Title": "title", "Business Phone": "phone", "Mobile Phone": "other_phone",
         "Company Main Phone": "customer_phone", "Business Street": "customer_address",
         "Business City": "customer_city", "Business State": "customer_region",
         "Business Postal Code": "customer_postcode", "Business Country/Region": "customer_country",
         "Business Country": "customer_country", "Web Page": "customer_website", "Home Street": "",
         "Home City": "", "Home State": "", "Home Postal Code": "", "Home Country/Region": "",
         "Home Phone": "", "Home Phone 2": "", "Business Phone 2": "", "Other Phone": "",
         "E-mail 3 Address": "", "Notes": "", "Categories": "", "Title": "", "Location": "", "Language": ""},
        with_customers=True,
    ),
    Preset(
        "vCard", "contacts", ("Card name", "Card e-mail"),
        {"Card name": "name", "Card e-mail": "email", "Card e-mail 2": "other_email", "Card phone": "phone",
         "Card phone 2": "other_phone", "Organisation": "customer", "Department": "department",
         "Job title": "title", "Website": "customer_website", "Street": "customer_address",
         "City": "customer_city", "Region": "customer_region", "Postcode": "customer_postcode",
         "Country": "customer_country", "Categories": "customer_tags", "Note": "", "Card id": "external_id"},
        with_customers=True,
    ),
]  # fmt: skip


def preset_for(names: list[str], kind: str) -> Preset | None:
    """The export a header comes from; the one that explains the most columns, if several do."""
    letters = {simple(name) for name in names}
    fitting = [preset for preset in PRESETS if preset.kind == kind and preset.fits(letters)]
    return max(fitting, key=lambda one: sum(simple(name) in letters for name in one.fields), default=None)
