"""Proposing: claims from outside, which enter only on the text's own evidence."""

from inje.dossier.proposing._accepting import Proposed, propose_claims
from inje.dossier.proposing._endpoint import Endpoint, endpoint_from
from inje.dossier.proposing._seam import Proposer, ProposerFault, Request

__all__ = [
    "Endpoint",
    "Proposed",
    "Proposer",
    "ProposerFault",
    "Request",
    "endpoint_from",
    "propose_claims",
]
