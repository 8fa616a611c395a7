"""What leads are found by: name, company, e-mail and phone (CUS-6)."""

from leadline.core.search import Searchable, register

_DOCUMENTS = """
SELECT lead.id, concat_ws(E'\\n', lead.name_key, leadline_unaccented(lead.email), leadline_digits(lead.phone),
                          leadline_unaccented(lead.company)) AS text
  FROM leads_lead lead WHERE lead.id = ANY(%(ids)s::bigint[])
"""

register(
    Searchable(
        kind="lead",
        table="leads_lead",
        documents=_DOCUMENTS,
        roles=("name", "email", "phone", "company"),
    )
)
