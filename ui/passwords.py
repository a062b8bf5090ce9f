"""Who may open the chat: a file of names and salted password hashes (scrypt).

Each line reads ``name:scrypt$n$r$p$salt$hash``; salt and hash are hexadecimal.
``python -m aseqa_ui.passwords NAME`` asks for a password and writes such a line.
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
from collections.abc import Callable
from pathlib import Path

from aseqa.errors import BadSettings
from aseqa.messages import message

_COST, _BLOCK_SIZE, _PARALLELISM = 2**14, 8, 1
_DIGEST_BYTES = 32
_MAX_MEMORY_BYTES = 64 * 1024 * 1024
_HEX = r"(?:[0-9a-f]{2})+"
_LINE = re.compile(
    r"(?P<name>[^:\s][^:]*):"
    rf"(?P<hash>scrypt\$(?P<cost>\d+)\$(?P<size>\d+)\$(?P<lanes>\d+)\${_HEX}\${_HEX})"
)


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


def load_auth(path: Path) -> Callable[[str, str], bool]:
    """Read a file of accounts; give the check of a name and a password.

    Raises
    ------
    BadSettings
        When the file is missing, holds no account, or has a line of another form.
    """
    accounts = _accounts(path)
    # An unknown name costs as much as a known one, so that time tells nothing.
    nobody = hash_password(secrets.token_hex(16))

    def is_allowed(name: str, password: str) -> bool:
        matches = verify_password(password, accounts.get(name, nobody))
        return matches and name in accounts

    return is_allowed


def _accounts(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadSettings(message("chat_auth_missing", path=path)) from error
    accounts: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or not _is_computable(match):
            raise BadSettings(message("chat_auth_line", path=path, line=number))
        accounts[match["name"]] = match["hash"]
    if not accounts:
        raise BadSettings(message("chat_auth_empty", path=path))
    return accounts


def _is_computable(match: re.Match[str]) -> bool:
    """Refuse at the start the costs that scrypt itself would refuse at the first log-in."""
    cost, size, lanes = (int(match[name]) for name in ("cost", "size", "lanes"))
    is_power_of_two = cost > 1 and cost.bit_count() == 1
    fits = 0 < 128 * cost * size <= _MAX_MEMORY_BYTES // 2
    return is_power_of_two and fits and 0 < lanes <= 16


def _scrypt(password: str, salt: bytes, cost: int, block_size: int, parallelism: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8"),
        salt=salt,
        n=cost,
        r=block_size,
        p=parallelism,
        maxmem=_MAX_MEMORY_BYTES,
        dklen=_DIGEST_BYTES,
    )


if __name__ == "__main__":
    sys.stdout.write(f"{sys.argv[1]}:{hash_password(getpass.getpass())}\n")
