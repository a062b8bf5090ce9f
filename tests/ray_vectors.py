"""Writes the vectors of texts, computed on a cluster, to standard output."""

import sys

from aseqa.ray_encoder import RayEncoder

with RayEncoder("e5-small-fr", sys.argv[1], task=2) as encoder:
    sys.stdout.buffer.write(encoder.encode_passages(sys.argv[2:]).tobytes())
