"""Two nodes of one processor each, until a line comes; prints the cluster's address."""

import os
import sys

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_worker_niceness"] = "0"  # else all other work of the machine goes first
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
