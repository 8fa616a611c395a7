"""Who holds what about a person: what a data-subject report gathers, and what erasing reaches (PPL-8).

Each app declares in its `privacy.py` whose data it knows (`register_person`), what it holds about a person
(`register_holder`), which texts may name one (`register_texts`) and which models hold none
(`without_personal_data`). A house test finds a model that does neither.
"""

from leadline.core.privacy.holders import (
    Erased,
    Holder,
    Section,
    declared_models,
    holders,
    register_holder,
    without_personal_data,
)
from leadline.core.privacy.persons import (
    Person,
    hold_person,
    is_erased,
    kinds_of_persons,
    person_of,
    register_person,
    same_person,
    seen_person,
)
from leadline.core.privacy.texts import Texts, register_texts, registered_texts, without_words

__all__ = [
    "Erased",
    "Holder",
    "Person",
    "Section",
    "Texts",
    "declared_models",
    "hold_person",
    "holders",
    "is_erased",
    "kinds_of_persons",
    "person_of",
    "register_holder",
    "register_person",
    "register_texts",
    "registered_texts",
    "same_person",
    "seen_person",
    "without_personal_data",
    "without_words",
]
