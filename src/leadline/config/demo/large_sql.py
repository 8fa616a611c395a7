"""What happened with a million customers, told by hashes of numbers: the same for the same seed.

`u(n)` below stands for a number from 0 to 1 that depends on the row and the seed alone.
"""


def _u(salt: int) -> str:
    """A number from 0 up to 1, drawn for row g."""
    return f"((hashint8extended(g, %(seed)s * 100 + {salt}) & 2147483647) / 2147483648.0::float8)"


def _of(words: str, salt: int) -> str:
    """One of an array of words, drawn for row g."""
    return f"({words})[1 + floor({_u(salt)} * cardinality({words}))::int]"


# The first two fifths are spread evenly, so that each customer has some; the rest favours low numbers.
ACTIVITIES = f"""
INSERT INTO timeline_activity (at, customer_id, contact_id, kind, title, description, outcome, duration,
                               user_id, created_at, updated_at, version)
SELECT drawn.at, drawn.customer_id, contact.id, drawn.kind,
       CASE drawn.kind WHEN 'call' THEN {_of("%(calls)s::text[]", 5)}
            WHEN 'email' THEN {_of("%(emails)s::text[]", 5)}
            WHEN 'meeting' THEN {_of("%(meetings)s::text[]", 5)} ELSE {_of("%(chats)s::text[]", 5)} END,
       '',
       CASE WHEN drawn.kind IN ('call', 'meeting') THEN {_of("%(outcomes)s::text[]", 6)} ELSE '' END,
       CASE WHEN drawn.kind IN ('call', 'meeting') THEN 5 + 5 * floor({_u(7)} * 18)::int END,
       drawn.user_id, drawn.at, drawn.at, 1
  FROM (SELECT g, customer.id AS customer_id, customer.owner_id AS user_id,
               {_of("%(kinds)s::text[]", 2)} AS kind,
               date_trunc('minute', %(now)s - power({_u(1)}, 2)
                          * least(%(now)s - customer.created_at, interval '730 days')) AS at
          FROM generate_series(%(start)s::bigint, %(end)s::bigint) g
          JOIN customers_customer customer
            ON customer.id = %(first)s + CASE WHEN g < 2 * %(count)s THEN g %% %(count)s
                                              ELSE floor(power({_u(3)}, 2) * %(count)s)::bigint END) drawn
  LEFT JOIN customers_contact contact ON contact.customer_id = drawn.customer_id AND contact.is_primary
"""

NOTES = f"""
INSERT INTO timeline_note (customer_id, body, author_id, pinned_at, created_at, updated_at, version)
SELECT drawn.id, {_of("%(notes)s::text[]", 8)}, drawn.owner_id,
       CASE WHEN {_u(9)} < 0.3 THEN drawn.at END, drawn.at, drawn.at, 1
  FROM (SELECT id AS g, id, owner_id, %(now)s - {_u(10).replace("(g,", "(id,")} * (%(now)s - created_at) AS at
          FROM customers_customer
         WHERE id >= %(first)s AND id < %(first)s + %(count)s AND id %% 10 = 3) drawn
"""

PULSES = """
INSERT INTO customers_pulse (customer_id, owner_id, team_id, territory_id, owner_since, last_interaction_at)
SELECT customer.id, customer.owner_id, customer.team_id, customer.territory_id,
       CASE WHEN customer.owner_id IS NOT NULL THEN customer.created_at END, latest.at
  FROM customers_customer customer
  LEFT JOIN (SELECT customer_id, max(at) AS at FROM timeline_activity
              WHERE kind IN ('call', 'email', 'meeting', 'chat') GROUP BY 1) latest
    ON latest.customer_id = customer.id
 WHERE customer.id >= %(first)s AND customer.id < %(first)s + %(count)s
"""
