"""How much one client may ask: token buckets, lock-outs, and a queue that ends.

Token bucket: J. Turner, "New directions in communications (or which way to the
information age?)", 1986. All memory is bounded: the least recently seen go first.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TypeVar

from aseqa_ui.problems import Refused, later

Clock = Callable[[], float]
Result = TypeVar("Result")

MAX_CLIENTS = 10_000
BUSY_RETRY_S = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server lets through; ``per_minute`` and ``burst`` are for each client.

    ``waiting`` is how many calls of programs may wait for the assistant; ``batch_files`` are
    sent to the library at one go, ``queue_bytes`` may wait there to be indexed.
    """

    per_minute: float = 120.0
    burst: int = 40
    waiting: int = 32
    body_bytes: int = 64 * 1024
    answer_bytes: int = 1024 * 1024
    # As much as is read of a file (see ``aseqa.read``).
    upload_bytes: int = 128 * 1024 * 1024
    batch_files: int = 500
    queue_bytes: int = 2 * 1024 * 1024 * 1024
    uploads: int = 4
    json_depth: int = 32
    body_timeout_s: float = 30.0


# Whoever can reach the loopback can use the processor anyway.
LOOPBACK_LIMITS = Limits(per_minute=6000.0, burst=600)


def client_key(address: str) -> str:
    """Give what counts as one client: an IPv4 address, or the /64 network of an IPv6 one.

    Examples
    --------
    >>> client_key("2001:db8::1") == client_key("2001:db8::2")
    True
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else f"{int(parsed) >> 64:x}/64"
    return str(parsed)


class TokenBuckets:
    """A bucket of tokens for each client, filled at ``per_minute`` up to ``burst``."""

    def __init__(self, per_minute: float, burst: int, clock: Clock = time.monotonic) -> None:
        self._rate = per_minute / 60.0
        self._burst = float(burst)
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def take(self, client: str) -> float:
        """Take a token: 0 when there was one, else the seconds until there is."""
        now = self._clock()
        tokens, then = self._held.pop(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._rate)
        taken = tokens >= 1.0
        self._held[client] = (tokens - 1.0 if taken else tokens, now)
        if len(self._held) > MAX_CLIENTS:
            self._held.popitem(last=False)
        return 0.0 if taken else (1.0 - tokens) / self._rate


class Lockout:
    """Counts failures by key; from ``allowed`` on, each one locks twice as long."""

    def __init__(
        self,
        allowed: int,
        first_s: float = 30.0,
        longest_s: float = 900.0,
        clock: Clock = time.monotonic,
    ) -> None:
        self._allowed, self._first_s, self._longest_s = allowed, first_s, longest_s
        self._clock = clock
        # For each key: failures, locked until, last failure.
        self._held: OrderedDict[str, tuple[int, float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def wait_s(self, key: str) -> float:
        """Give the seconds until ``key`` may try again, 0 when it may now."""
        _, until, _ = self._held.get(key, (0, 0.0, 0.0))
        return max(0.0, until - self._clock())

    def fail(self, key: str) -> None:
        """Count a failure; failures older than the longest lock are forgotten."""
        now = self._clock()
        count, until, last = self._held.pop(key, (0, 0.0, now))
        count = 1 if now - max(until, last) > self._longest_s else count + 1
        if count >= self._allowed:
            doublings = min(count - self._allowed, 16)
            until = now + min(self._longest_s, self._first_s * 2.0**doublings)
        self._held[key] = (count, until, now)
        if len(self._held) > MAX_CLIENTS:
            self._held.popitem(last=False)

    def forget(self, key: str) -> None:
        """Forget the failures of a key that got in."""
        self._held.pop(key, None)


class Desk:
    """Where calls wait for the assistant, one at a time, off the event loop."""

    def __init__(self, max_waiting: int) -> None:
        self._max_waiting = max_waiting
        self._present = 0
        self._turn = asyncio.Semaphore(1)

    async def serve(self, call: Callable[[], Result]) -> Result:
        """Run ``call`` in a thread when its turn comes.

        Raises
        ------
        Refused
            When too many wait already.
        """
        if self._present > self._max_waiting:
            raise Refused(later(503, "busy", BUSY_RETRY_S))
        self._present += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(call)
        finally:
            self._present -= 1
