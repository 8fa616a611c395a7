"""Texts encrypted at rest, and the ring of keys (PPL-8)."""

import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.secrets import (
    EncryptedTextField,
    Undecipherable,
    current_key,
    decrypt,
    derive,
    encrypt,
    key_of,
    keyring,
    keys,
)


@pytest.fixture
def data(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without keys."""
    settings.LEADLINE_DATA = tmp_path
    monkeypatch.delenv("LEADLINE_KEYS", raising=False)
    monkeypatch.delenv("LEADLINE_SECRET_KEY", raising=False)
    return tmp_path


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_closed_opens_again_and_never_looks_the_same_twice(text: str) -> None:
    first, second = encrypt(text, "customers.tax_id"), encrypt(text, "customers.tax_id")

    assert decrypt(first, "customers.tax_id") == decrypt(second, "customers.tax_id") == text
    assert first != second


def test_a_text_opens_for_its_purpose_alone(data: Path) -> None:
    closed = encrypt("NPWP 01.234", "customers.tax_id")

    with pytest.raises(Undecipherable):
        decrypt(closed, "customers.bank")


@pytest.mark.parametrize("place", [0, 3, 12, 20, -1])
def test_an_altered_text_does_not_open(data: Path, place: int) -> None:
    closed = encrypt("NPWP 01.234", "customers.tax_id")
    place %= len(closed)
    altered = closed[:place] + ("A" if closed[place] != "A" else "B") + closed[place + 1 :]

    with pytest.raises(Undecipherable):
        decrypt(altered, "customers.tax_id")


def test_an_old_key_still_opens_and_a_new_one_closes(data: Path) -> None:
    before = encrypt("old", "a.b")
    keyring.keep((keyring.new_key(), *keys()))

    assert decrypt(before, "a.b") == "old"
    assert key_of(encrypt("new", "a.b")) == current_key().id != key_of(before)


def test_without_its_key_a_text_stays_closed(data: Path) -> None:
    closed = encrypt("gone", "a.b")
    keyring.keep((keyring.new_key(),))

    with pytest.raises(Undecipherable, match=key_of(closed)):
        decrypt(closed, "a.b")


def test_the_file_is_for_the_owners_eyes_only(data: Path) -> None:
    keys()
    assert stat.S_IMODE((data / "keys").stat().st_mode) == 0o600

    keyring.keep((keyring.new_key(), *keys()))
    assert stat.S_IMODE((data / "keys").stat().st_mode) == 0o600
    assert [found.name for found in data.iterdir()] == ["keys"]


def test_processes_that_start_at_once_agree(data: Path) -> None:
    with ProcessPoolExecutor(4) as processes:
        rings = list(processes.map(_ring_of, [data] * 8))

    assert len(set(rings)) == 1


def _ring_of(data: Path) -> str:
    return keyring.written(keyring._kept(Path(data) / "keys"))


def test_machines_that_share_the_secret_key_share_the_first_key(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLINE_SECRET_KEY", "shared by two machines")

    assert keyring._kept(data / "one" / "keys") == keyring._kept(data / "two" / "keys")


def test_keys_from_the_environment_come_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = (keyring.new_key(), keyring.new_key())
    monkeypatch.setenv("LEADLINE_KEYS", keyring.written(ring).replace("\n", ","))

    assert keys() == ring
    assert not (data / "keys").exists()


@pytest.mark.parametrize("ring", ["short:AAAA", "no colon", "x:****", ",", "a:{0},a:{0}"])
def test_a_damaged_ring_is_refused_without_telling_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, ring: str
) -> None:
    secret = keyring.written((keyring.new_key(),)).strip().split(":")[1]
    monkeypatch.setenv("LEADLINE_KEYS", ring.format(secret))

    with pytest.raises(ImproperlyConfigured) as refusal:
        keys()

    assert "LEADLINE_KEYS" in str(refusal.value)
    assert secret not in str(refusal.value)


def test_a_key_says_no_secret_when_shown(data: Path) -> None:
    assert repr(current_key()) == f"<Key {current_key().id}>"


def test_purposes_have_keys_of_their_own(data: Path) -> None:
    assert len({derive("audit"), derive("webhook"), current_key().secret}) == 3
    assert derive("audit") == derive("audit")


class Vault(models.Model):
    """A table with something to hide."""

    number = EncryptedTextField(blank=True)

    class Meta:
        app_label = "vaults_of_tests"
        managed = False
        db_table = "vault_of_tests"


@pytest.fixture
def vault(db: None) -> type[Vault]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE vault_of_tests (id bigserial PRIMARY KEY, number text NOT NULL)"
        )
    return Vault


def test_a_column_is_closed_in_the_database_and_open_in_python(vault: type[Vault]) -> None:
    vault.objects.create(number="DE89 3704")
    vault.objects.create(number="")

    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM vault_of_tests ORDER BY id")
        stored = [number for (number,) in cursor.fetchall()]
    assert stored[0].startswith("v1.")
    assert stored[1] == ""
    assert [row.number for row in vault.objects.order_by("pk")] == ["DE89 3704", ""]


def test_a_closed_column_is_not_compared(vault: type[Vault]) -> None:
    with pytest.raises(FieldError):
        vault.objects.filter(number="DE89 3704").exists()
    assert not vault.objects.filter(number__isnull=True).exists()
