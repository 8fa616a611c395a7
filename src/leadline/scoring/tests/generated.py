"""Leads with a truth that is known: who converts depends on source and boats, and on nothing else."""

import random
from datetime import timedelta

from leadline.core.clock import now
from leadline.leads.models import Lead, Pulse, Stage

SOURCES = {"Fair": 0.45, "Partner": 0.3, "Web form": 0.12, "Bought list": 0.03}
COUNTRIES = ("ID", "DE", "JP", "BR")


def plant_leads(count, *, days=400, until=70, seed=1, chance=None, custom=None):
    """So many leads, registered over some days until `until` days ago; returns them in their order.

    `chance(values)` says how likely one converts; `custom(values, converted, chosen)` gives custom values.
    """
    chosen = random.Random(seed)
    stages = {stage.key: stage for stage in Stage.objects.all()}
    moment = now()
    leads = []
    for number in range(count):
        values = {"source": chosen.choice(list(SOURCES)), "boats": chosen.randint(0, 20)}
        converted = chosen.random() < (chance or known_chance)(values)
        open_still = not converted and chosen.random() < 0.3
        stage = stages["converted" if converted else "contacting" if open_still else "disqualified"]
        registered = moment - timedelta(days=until + days * (count - number) / count)
        leads.append(
            Lead(
                name=f"Lead {number}",
                name_key=f"lead {number}",
                email=f"lead{number}@example.com",
                source=values["source"],
                country=chosen.choice(COUNTRIES),
                company="Boats" if chosen.random() < 0.5 else "",
                stage=stage,
                stage_since=registered + timedelta(days=chosen.randint(2, 20)),
                registered_at=registered,
                created_at=registered,
                updated_at=registered,
                custom=(custom or _boats)(values, converted, chosen),
            )
        )
    made = Lead.objects.bulk_create(leads, batch_size=1000)
    Pulse.objects.bulk_create([Pulse(lead=lead) for lead in made], batch_size=1000)
    return made


def known_chance(values):
    """By the source, and more with many boats."""
    return min(0.95, SOURCES[values["source"]] * (0.5 + values["boats"] / 12))


def _boats(values, converted, chosen):
    return {"x_boats": values["boats"]}
