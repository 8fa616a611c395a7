"""Domains of mail that anybody may have, told by how many customers share them (CUS-22)."""

from django.db import connection

from leadline.customers.likeness.features import Features
from leadline.customers.likeness.models import SharedDomain

MOST = 20  # customers with one domain; a company with more entries of its own is found by its name
# As `features` reads it: the host of the website, else what follows the @.
_COUNT = """
WITH known AS (
  SELECT lower(split_part(split_part(split_part(website, '://', 2), '/', 1), ':', 1)) AS host,
         lower(split_part(email, '@', -1)) AS mail
    FROM customers_customer WHERE archived_at IS NULL
)
INSERT INTO customers_shareddomain (domain)
SELECT domain FROM (
  SELECT CASE WHEN host = '' THEN mail WHEN left(host, 4) = 'www.' THEN substr(host, 5) ELSE host END
    FROM known
) AS each (domain)
 WHERE domain <> '' GROUP BY domain HAVING count(*) > %s
    ON CONFLICT DO NOTHING
"""


def count_providers(*, anew: bool) -> None:
    """Count which domains too many customers share; needs a transaction around it.

    Those that were one before stay so unless counted `anew`: their records have no key for it.
    """
    with connection.cursor() as cursor:
        if anew:
            cursor.execute("DELETE FROM customers_shareddomain")
        cursor.execute(_COUNT, [MOST])


def providers() -> set[str]:
    """All of them, as they were counted with the last scan."""
    return set(SharedDomain.objects.values_list("domain", flat=True))


def without_provider(found: Features) -> Features:
    """The same record, its domain left out if it is a provider's. One of two that are weighed is enough."""
    if found.domain and SharedDomain.objects.filter(domain=found.domain).exists():
        return found._replace(domain="")
    return found
