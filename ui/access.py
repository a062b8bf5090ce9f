"""Who may come in, under which names, and how often: the settings of one server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aseqa_ui.hosts import Hosts, hosts_for, is_loopback
from aseqa_ui.limits import LOOPBACK_LIMITS, Limits
from aseqa_ui.passwords import Accounts, load_accounts


@dataclass(frozen=True, slots=True)
class Access:
    """The settings of one server; as they stand, those of a reader alone on a machine.

    ``is_local`` tells whether only this machine can ask: who sits at it then may manage
    the documents, unless there are ``accounts``.
    """

    hosts: Hosts = field(default_factory=lambda: hosts_for("127.0.0.1"))
    limits: Limits = LOOPBACK_LIMITS
    accounts: Accounts | None = None
    is_local: bool = True


def access_for(
    host: str, auth: Path | None, allowed_hosts: Sequence[str] = (), rate: int | None = None
) -> Access:
    """Give the settings of a server bound to ``host``, with the accounts of the file ``auth``.

    ``rate`` is how many requests one client may make in a minute.

    Raises
    ------
    BadSettings
        When the file of passwords is wrong.
    """
    is_local = is_loopback(host)
    limits = LOOPBACK_LIMITS if is_local else Limits()
    if rate:
        limits = replace(limits, per_minute=float(rate), burst=max(1, rate // 3))
    return Access(
        hosts=hosts_for(host, allowed_hosts),
        limits=limits,
        accounts=load_accounts(auth) if auth else None,
        is_local=is_local,
    )
