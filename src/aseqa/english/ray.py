"""The sentences of bulk embedding on a cluster, in English."""

from __future__ import annotations

RAY: dict[str, str] = {
    "help_ray": "Compute the vectors on a Ray cluster: ray://host:10001, host:6379, auto, or "
    "local for processes of this machine.",
    "ray_missing": "Ray is not installed. Install it with: pip install 'aseqa[ray]'",
    "ray_away": "The Ray cluster “{address}” does not answer ({fault}). Check its address and "
    "that it is running, or drop --ray.",
    "ray_lost": "The Ray cluster did not return the vectors asked for ({fault}). Those already "
    "computed are kept: run the same command again, with or without --ray.",
}
