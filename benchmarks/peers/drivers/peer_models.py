"""The shipped encoder and reader, as every peer gets them: loaded when first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Models:
    """One encoder and one reader for a process; ``threads`` is the same for all peers."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._last: tuple[str, Floats] | None = None

    @cached_property
    def encoder(self) -> Any:
        from aseqa.embed import ShippedEncoder

        return ShippedEncoder(self._threads)

    @cached_property
    def reader(self) -> Any:
        from aseqa.cross_encoder import CrossEncoder

        return CrossEncoder(self._threads)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Give the vectors of passages, shape ``(len(texts), dim)``."""
        found: Floats = self.encoder.encode_passages(list(texts))
        return found

    def query(self, question: str) -> Floats:
        """Give the vector of a question; that of the last one is remembered."""
        if self._last is None or self._last[0] != question:
            self._last = question, self.encoder.encode_queries([question])[0]
        return self._last[1]
