"""Two nodes of one processor each, until a line comes; prints the cluster's address."""

import os
import sys

# Workers are nice by default: all other work of the machine would go first.
os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_worker_niceness="0")
from ray.cluster_utils import Cluster

cluster = Cluster(
    initialize_head=True,
    head_node_args={"num_cpus": 1, "include_dashboard": False},
)
cluster.add_node(num_cpus=1)
sys.stdout.write(f"address {cluster.address}\n")
sys.stdout.flush()
sys.stdin.readline()
cluster.shutdown()
