"""What customers are found by: their own name, e-mail and phone, and those of their contacts (CUS-6)."""

from leadline.core.search import Searchable, register

_DOCUMENTS = """
SELECT customer.id, concat_ws(E'\\n', customer.name_key, leadline_unaccented(customer.email),
                              leadline_digits(customer.phone), people.lines) AS text
  FROM customers_customer customer
  LEFT JOIN LATERAL (
       SELECT string_agg(contact.name_key || E'\\n' || leadline_unaccented(contact.email) || E'\\n'
                         || leadline_digits(contact.phone), E'\\n' ORDER BY contact.id) AS lines
         FROM customers_contact contact
        WHERE contact.customer_id = customer.id AND contact.archived_at IS NULL) people ON true
 WHERE customer.id = ANY(%(ids)s::bigint[])
"""

register(
    Searchable(
        kind="customer",
        table="customers_customer",
        documents=_DOCUMENTS,
        roles=("name", "email", "phone", "contact_name", "contact_email", "contact_phone"),
        repeated_from=3,
    )
)
