"""Programs with a token and a lead with all that a customer takes over, for the tests of leads."""

import pytest

from leadline.api.tests.conftest import program

__all__ = ["program"]


@pytest.fixture
def lead(cast, make):
    return make.lead(
        cast.rosa,
        name="Budi Santoso",
        company="Kopi Nusantara",
        email="budi@kopi.co.id",
        phone="+6281234567890",
        country="ID",
        language="id",
        source="Fair",
        tags=["coffee"],
        lawful_basis="consent",
    )
