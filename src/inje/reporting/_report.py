"""The report: one noun, three forms."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from inje.dossier import write_atomically
from inje.errors import OptionError
from inje.reporting._data import ReportData
from inje.reporting._ground_figure import GroundFigure, ground_figure
from inje.reporting._illustrations import Figure, figures_of
from inje.reporting._markdown import markdown_of
from inje.reporting._page import page_of
from inje.tables import in_markdown

__all__ = ["Report"]

_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".json": "json"}


@dataclass(frozen=True)
class Report:
    """What the record supports, what it cannot decide, and the way back to its words.

    Attributes
    ----------
    data : the whole content; page, Markdown and JSON are made from it and nothing else.
    """

    data: ReportData

    @cached_property
    def html(self) -> str:
        """One HTML file that needs nothing else."""
        return page_of(self.data, self.figures)[0]

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by name: timeline, control, losses, accounts, sources, and quantities."""
        return figures_of(self.data)

    def figure(self, name: str) -> Figure | GroundFigure:
        """One figure, to be saved as SVG, PNG or Vega-Lite, or worked on in Altair.

        "map" is the ground, and may be saved as GeoJSON.

        Raises
        ------
        OptionError : no figure has this name.
        """
        if name == "map":
            return ground_figure(self.data)
        if name not in self.figures:
            raise OptionError(
                "figure",
                f"no figure {name!r} in this report",
                ", ".join(("map", *self.figures)),
                "name one of them",
            )
        return self.figures[name]

    def json(self) -> dict[str, Any]:
        """The complete machine form: plain values, absent is None, no NaN."""
        plain = {
            field.name: _plain(getattr(self.data, field.name))
            for field in fields(self.data)
            if field.name not in ("documents", "dossier", "scenario")
        }
        plain["dossier"] = self.data.dossier.model_dump(mode="json", by_alias=True)
        plain["scenario"] = self.data.scenario.model_dump(mode="json", by_alias=True)
        return plain

    def markdown(self) -> str:
        """Markdown for an article's talk page."""
        return markdown_of(self.data)

    def save(self, path: str | Path) -> Path:
        """Write the report; the ending decides the form: .html, .md or .json.

        The file is the old or the new one, never half of it.

        Raises
        ------
        OptionError : another ending.
        """
        target = Path(path)
        form = _ENDINGS.get(target.suffix.lower())
        if form is None:
            raise OptionError(
                str(target),
                f"the ending {target.suffix!r} names no form of a report",
                ", ".join(_ENDINGS),
                "give the file another ending",
            )
        write_atomically(target, self.text(form))
        return target

    def text(self, form: str) -> str:
        """The report as "html", "md" or "json" text."""
        if form == "html":
            return self.html
        if form == "md":
            return self.markdown()
        if form == "json":
            return json.dumps(self.json(), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        raise OptionError("format", f"{form!r}", "html, md, json", "name one of them")

    def _repr_html_(self) -> str:
        from markupsafe import Markup

        from inje.reporting._finding import findings
        from inje.reporting._ledger import Ledger

        rows = Markup("").join(
            Markup("<p><b>{}.</b> {}</p>").format(head, sentence)
            for head, sentence in findings(self.data, Ledger())
        )
        return Markup("<h3>{}</h3>{}").format(self.data.title, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    return value
