"""Indexes on a cluster, 64 texts at a time, and dies once the first ones are back."""

import os
import signal
import sys
from pathlib import Path

from aseqa.ingest import index_paths
from aseqa.ray_encoder import RayEncoder


class Dying(RayEncoder):
    def encode_passages(self, texts):
        if self.calls:
            os.kill(os.getpid(), signal.SIGKILL)
        self.calls += 1
        return super().encode_passages(texts)

    calls = 0


address, seeds, folder = sys.argv[1:]
with Dying("e5-small-fr", address, task=16) as encoder:
    index_paths([Path(seeds)], Path(folder), encoder, group=64)
