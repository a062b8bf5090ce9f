"""Accounts of the web chat: salted scrypt hashes, one a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from aseqa.errors import BadSettings
from aseqa_ui.passwords import Account, hash_password, load_accounts, verify_password

# RFC 7914, section 12, third vector: N = 16384, r = 8, p = 1; its first 32 bytes.
PASSWORD, SALT = "pleaseletmein", b"SodiumChloride"
DIGEST = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"


def test_a_hash_is_the_one_of_the_standard() -> None:
    assert hash_password(PASSWORD, SALT) == f"scrypt$16384$8$1${SALT.hex()}${DIGEST}"


def test_two_hashes_of_one_password_differ_and_both_verify() -> None:
    first, second = hash_password("été 2025"), hash_password("été 2025")
    assert first != second
    assert verify_password("été 2025", first)
    assert verify_password("été 2025", second)
    assert not verify_password("ete 2025", first)


def test_the_file_lets_in_its_accounts_only(tmp_path: Path) -> None:
    path = tmp_path / "comptes"
    path.write_text(
        f"# équipe\n\nclaire:{hash_password('a')}\nmarc:{hash_password('b')}\n", encoding="utf-8"
    )
    accounts = load_accounts(path)
    assert accounts.check("claire", "a") == Account("claire")
    assert accounts.check("marc", "b") == Account("marc")
    assert accounts.check("claire", "b") is None
    assert accounts.check("inconnu", "a") is None
    assert accounts.check("", "") is None


def test_a_line_may_give_the_role(tmp_path: Path) -> None:
    path = tmp_path / "comptes"
    path.write_text(f"\ufeffmarc:{hash_password('b')}:gestion\n", encoding="utf-8")
    assert load_accounts(path).check("marc", "b") == Account("marc", "gestion")


def test_accents_count_the_same_composed_or_not() -> None:
    assert verify_password("e\u0301te\u0301", hash_password("été"))


def test_a_half_character_is_a_wrong_password() -> None:
    assert not verify_password("\ud800", hash_password("a"))


@pytest.mark.parametrize(
    "line",
    [
        "claire:secret",
        "claire",
        ":" + hash_password("a"),
        "claire:scrypt$16384$8$1$0g$00",
        "claire:scrypt$16383$8$1$00$00",  # no power of two
        "claire:scrypt$1073741824$8$1$00$00",  # more memory than allowed
        "claire:scrypt$16384$8$99$00$00",
        f"claire:{hash_password('a')}:chef",
        f"claire:{hash_password('a')}:",
        f"marc:{hash_password('a')}",  # a second time
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "comptes"
    path.write_text(f"marc:{hash_password('b')}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSettings, match="ligne 2"):
        load_accounts(path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "comptes"
    path.write_bytes(b"# a\nmarc\xff:x\n")
    with pytest.raises(BadSettings, match="ligne 2"):
        load_accounts(path)


def test_a_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="introuvable"):
        load_accounts(tmp_path / "absent")
    (tmp_path / "vide").write_text("# personne\n", encoding="utf-8")
    with pytest.raises(BadSettings, match="aucun compte"):
        load_accounts(tmp_path / "vide")
