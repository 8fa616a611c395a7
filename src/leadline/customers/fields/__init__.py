"""The fields of customers and contacts, declared once for lists, filters, forms, files and the API."""

from leadline.core.catalogue_forms import SOURCES
from leadline.core.subjects import register_subject
from leadline.customers.fields.contact import CONTACT
from leadline.customers.fields.customer import CUSTOMER

__all__ = ["CONTACT", "CUSTOMER"]

register_subject("customer", "customers.Customer", page="customers:page")
SOURCES["customer"] = "customers:options"
