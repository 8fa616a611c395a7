"""What customers are found by: their own name, e-mail and phone, those of their contacts (CUS-6), and of
whatever was merged into them (CUS-23).
"""

from leadline.core.search import Searchable, register

# What its contacts and those merged into it add comes with them.
_OF_NEW = """
SELECT customer.id, concat_ws(E'\\n', customer.name_key, leadline_unaccented(customer.email),
                              leadline_digits(customer.phone)) AS text
  FROM customers_customer customer WHERE customer.id = ANY(%(ids)s::bigint[])
"""
_DOCUMENTS = """
SELECT customer.id, concat_ws(E'\\n', customer.name_key, leadline_unaccented(customer.email),
                              leadline_digits(customer.phone), people.lines) AS text
  FROM customers_customer customer
  LEFT JOIN LATERAL (
       SELECT string_agg(known.name_key || E'\\n' || leadline_unaccented(known.email) || E'\\n'
                         || leadline_digits(known.phone), E'\\n' ORDER BY known.place, known.id) AS lines
         FROM (SELECT 1 AS place, id, name_key, email, phone FROM customers_contact contact
                WHERE contact.customer_id = customer.id AND contact.archived_at IS NULL
                UNION ALL
               SELECT 2, id, name_key, email, phone FROM customers_customer merged
                WHERE merged.merged_into_id = customer.id AND merged.erased_at IS NULL) known) people ON true
 WHERE customer.id = ANY(%(ids)s::bigint[])
"""

register(
    Searchable(
        kind="customer",
        table="customers_customer",
        documents=_DOCUMENTS,
        documents_of_new=_OF_NEW,
        roles=("name", "email", "phone", "contact_name", "contact_email", "contact_phone"),
        repeated_from=3,
    )
)
