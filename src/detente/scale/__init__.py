"""The same reading over many documents, on one machine or a cluster: parts in, partitioned Parquet out."""

from .engines import ENGINES, Dask, Engine, Processes
from .linking import link_parts
from .parts import Part, contents_of, merge_parts, plan_parts, read_part
from .running import RunReport, read_to_parquet

__all__ = [
    "ENGINES",
    "Dask",
    "Engine",
    "Part",
    "Processes",
    "RunReport",
    "contents_of",
    "link_parts",
    "merge_parts",
    "plan_parts",
    "read_part",
    "read_to_parquet",
]
