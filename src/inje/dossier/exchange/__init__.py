"""Exchange: tables of events come in as records; records go out in the forms of other programs."""

from inje.dossier.exchange._bibliography import to_bibtex_of, to_csl_of
from inje.dossier.exchange._crate import CRATE, manifest_of, write_crate
from inje.dossier.exchange._importing import ImportedEvent, TableForm, import_events
from inje.dossier.exchange._linked import claims_of_annotations, to_annotations, to_places
from inje.dossier.exchange._provenance import to_prov

__all__ = [
    "CRATE",
    "ImportedEvent",
    "TableForm",
    "claims_of_annotations",
    "import_events",
    "manifest_of",
    "to_annotations",
    "to_bibtex_of",
    "to_csl_of",
    "to_places",
    "to_prov",
    "write_crate",
]
