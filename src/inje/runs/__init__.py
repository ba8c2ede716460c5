"""Long runs: many worlds by shards, counted as they stream, on this machine or on a cluster."""

from inje.runs._batch import Batch, BatchRow, reconstruct_each
from inje.runs._clusters import cluster_at
from inje.runs._dealing import in_order
from inje.runs._ensembles import load_ensemble, store_worlds
from inje.runs._journal import Journal, identity_of, opened_journal
from inje.runs._locks import locked
from inje.runs._room import refuse_beyond_memory
from inje.runs._survey import BLOCK, SHARD, Survey, survey_worlds
from inje.runs._tally import Tally

__all__ = [
    "BLOCK",
    "SHARD",
    "Batch",
    "BatchRow",
    "Journal",
    "Survey",
    "Tally",
    "cluster_at",
    "identity_of",
    "in_order",
    "load_ensemble",
    "locked",
    "opened_journal",
    "reconstruct_each",
    "refuse_beyond_memory",
    "store_worlds",
    "survey_worlds",
]
