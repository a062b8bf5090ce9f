"""Bulk embedding on many machines: the passages are encoded by Ray Data, the rest stays here.

The machine that runs `aseqa index` reads, cuts and writes; the cluster turns texts into
vectors, a text alone at a time, so that they are those of one machine, byte for byte
(processors of one kind given). What came back is pending at once: a run that breaks off is
taken up by the next one, on the cluster or not.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from aseqa.embed import Encoder, Vectors, load_encoder
from aseqa.errors import BackendMissing
from aseqa.messages import message

if TYPE_CHECKING:
    from types import TracebackType

# Texts of one task; a task lasts a second or so, and a worker that dies loses no more.
TASK = 128
# Texts sent together: a thousand tasks, so that a step's end leaves few processors idle.
GROUP = 8192
CONNECT_S = 5.0


class RayEncoder:
    """The encoder called ``encoder``, whose passages are encoded on a Ray cluster.

    Queries are encoded here. A context manager: leaving it lets go of the cluster.

    Parameters
    ----------
    encoder
        As for ``load_encoder``; every machine of the cluster must be able to load it.
    address
        Where the cluster is: ``ray://host:10001``, ``host:6379``, ``auto``, or ``local`` for
        one of this machine's own processes.

    Raises
    ------
    BackendMissing
        When Ray is not installed, or the cluster does not answer.
    """

    def __init__(self, encoder: str, address: str, task: int = TASK) -> None:
        self._inner: Encoder = load_encoder(encoder, threads=1)
        self.name, self.dim = self._inner.name, self._inner.dim
        self._encoder, self._task = encoder, task
        # Ray tells its makers what runs, unless told not to before it is imported.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            import ray
        except ImportError as error:
            raise BackendMissing(message("ray_missing")) from error
        try:
            _check_reachable(address)
            ray.init(
                address=address,
                logging_level=logging.ERROR,
                log_to_driver=False,
                include_dashboard=False,
            )
        except (OSError, ValueError, RuntimeError) as error:
            fault = str(error).strip().splitlines()[0]
            raise BackendMissing(message("ray_away", address=address, fault=fault)) from error
        self._ray = ray

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ray.shutdown()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode on the cluster; a task whose worker dies is done again elsewhere.

        Raises
        ------
        BackendMissing
            When the cluster is lost, or cannot load the encoder.
        """
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        try:
            rows = self._rows(texts)
        except (self._ray.exceptions.RayError, ConnectionError) as error:
            fault = str(error).strip().splitlines()[-1]
            raise BackendMissing(message("ray_lost", fault=fault)) from error
        # Each is of length 1 already: once more would move its last digits.
        vectors = {row["number"]: row["vector"] for row in rows}
        return np.array([vectors[number] for number in range(len(texts))], np.float32)

    def _rows(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        import ray.data

        ray.data.DataContext.get_current().enable_progress_bars = False
        blocks = -(-len(texts) // self._task)
        given = [{"number": number, "text": text} for number, text in enumerate(texts)]
        encoded = ray.data.from_items(given, override_num_blocks=blocks).map_batches(
            encode_batch, batch_size=self._task, fn_args=(self._encoder,), num_cpus=1
        )
        return list(encoded.iter_rows())


def _check_reachable(address: str) -> None:
    """Fail at once where nobody listens: Ray itself tries for minutes.

    Raises
    ------
    OSError
        When ``host:port`` takes no connection within some seconds.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=CONNECT_S).close()


def encode_batch(batch: dict[str, Any], encoder: str) -> dict[str, Any]:
    """Encode one task's texts, on a worker, which keeps its encoder for the next one."""
    vectors = _worker_encoder(encoder).encode_passages([str(text) for text in batch["text"]])
    return {"number": batch["number"], "vector": vectors}


@cache
def _worker_encoder(encoder: str) -> Encoder:
    return load_encoder(encoder, threads=1)
