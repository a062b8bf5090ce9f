"""Who may open the chat: a file of names and salted password hashes (scrypt).

Each line reads ``name:scrypt$n$r$p$salt$hash``, or the same and ``:gestion`` for a
name that may add and delete documents; salt and hash are hexadecimal.
``python -m aseqa_ui.passwords NAME [gestion]`` asks for a password and writes such a line.
Scrypt: C. Percival, "Stronger key derivation via sequential memory-hard
functions", 2009 (RFC 7914).
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import re
import secrets
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aseqa.errors import BadSettings
from aseqa.messages import message

# The one role: who has it may add and delete documents.
MANAGER = "gestion"

_COST, _BLOCK_SIZE, _PARALLELISM = 2**14, 8, 1
_DIGEST_BYTES = 32
_MAX_MEMORY_BYTES = 64 * 1024 * 1024
_HEX = r"(?:[0-9a-f]{2})+"
_LINE = re.compile(
    r"(?P<name>[^:\s][^:]*):"
    rf"(?P<hash>scrypt\$(?P<cost>\d+)\$(?P<size>\d+)\$(?P<lanes>\d+)\${_HEX}\${_HEX})"
    r"(?::(?P<role>[^:\s]*))?"
)


@dataclass(frozen=True, slots=True)
class Account:
    """A name that may open the chat, and its role (``gestion``) where it has one."""

    name: str
    role: str | None = None


def hash_password(password: str, salt: bytes | None = None) -> str:
    """Hash a password for the file, with a random salt unless one is given.

    Examples
    --------
    >>> hash_password("secret", b"0123456789abcdef")[:22]
    'scrypt$16384$8$1$30313'
    """
    salt = secrets.token_bytes(16) if salt is None else salt
    digest = _scrypt(password, salt, _COST, _BLOCK_SIZE, _PARALLELISM)
    return f"scrypt${_COST}${_BLOCK_SIZE}${_PARALLELISM}${salt.hex()}${digest.hex()}"


def verify_password(password: str, hashed: str) -> bool:
    """Tell whether ``password`` is the one that ``hashed`` was made from."""
    _, cost, block_size, parallelism, salt, digest = hashed.split("$")
    found = _scrypt(password, bytes.fromhex(salt), int(cost), int(block_size), int(parallelism))
    return hmac.compare_digest(found, bytes.fromhex(digest))


class Accounts:
    """The names of a file of passwords, each with its hash and its role."""

    def __init__(self, held: Mapping[str, tuple[str, Account]]) -> None:
        self._held = dict(held)
        # An unknown name costs as much as a known one, so that time tells nothing.
        self._nobody = hash_password(secrets.token_hex(16))

    def __len__(self) -> int:
        return len(self._held)

    def check(self, name: str, password: str) -> Account | None:
        """Give the account of a name and its password, None when they do not go together."""
        hashed, account = self._held.get(name, (self._nobody, None))
        return account if verify_password(password, hashed) else None


def load_accounts(path: Path) -> Accounts:
    """Read a file of accounts.

    Raises
    ------
    BadSettings
        When the file is missing, holds no account or one twice, or has a line of another form.
    """
    held: dict[str, tuple[str, Account]] = {}
    for number, line in _lines(path):
        match = _LINE.fullmatch(line)
        if match is None or not _is_computable(match):
            raise BadSettings(message("chat_auth_line", path=path, line=number))
        name, role = match["name"], match["role"]
        if role not in (None, MANAGER):
            raise BadSettings(message("api_account_role", path=path, line=number, role=role))
        if name in held:
            raise BadSettings(message("api_account_twice", path=path, line=number))
        held[name] = (match["hash"], Account(name, role))
    if not held:
        raise BadSettings(message("chat_auth_empty", path=path))
    return Accounts(held)


def _lines(path: Path) -> list[tuple[int, str]]:
    """Give the lines that hold something, with their numbers; "#" begins a comment."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadSettings(message("chat_auth_line", path=path, line=line)) from error
    except OSError as error:
        raise BadSettings(message("chat_auth_missing", path=path)) from error
    stripped = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    return [(number, line) for number, line in stripped if line and not line.startswith("#")]


def _is_computable(match: re.Match[str]) -> bool:
    """Refuse at the start the costs that scrypt itself would refuse at the first log-in."""
    cost, size, lanes = (int(match[name]) for name in ("cost", "size", "lanes"))
    is_power_of_two = cost > 1 and cost.bit_count() == 1
    fits = 0 < 128 * cost * size <= _MAX_MEMORY_BYTES // 2
    return is_power_of_two and fits and 0 < lanes <= 16


def _scrypt(password: str, salt: bytes, cost: int, block_size: int, parallelism: int) -> bytes:
    return hashlib.scrypt(
        # One password, however the keyboard composes its accents.
        unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block_size,
        p=parallelism,
        maxmem=_MAX_MEMORY_BYTES,
        dklen=_DIGEST_BYTES,
    )


if __name__ == "__main__":
    roles = "".join(f":{role}" for role in sys.argv[2:3])
    sys.stdout.write(f"{sys.argv[1]}:{hash_password(getpass.getpass())}{roles}\n")
