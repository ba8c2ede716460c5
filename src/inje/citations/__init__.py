"""The literature that the code rests on."""

from inje.citations._registry import Citation, citation, cite, registry, to_bibtex, to_csl_json

__all__ = ["Citation", "citation", "cite", "registry", "to_bibtex", "to_csl_json"]
