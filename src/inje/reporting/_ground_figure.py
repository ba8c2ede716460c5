"""The ground as a figure of its own: SVG, PNG and GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from inje.reporting._data import ReportData
from inje.reporting._drawing import CLAIM, FONT, INK, MUTED, PAPER, PRIOR, SIDES
from inje.reporting._geojson import ground_features
from inje.reporting._ground_plan import GroundPlan, ground_plan
from inje.reporting._saving import picture_of, save_as, to_text
from inje.tables import in_markdown, shown

__all__ = ["GroundFigure", "ground_figure"]

#: the colours that the page's style sheet gives the map, for a file that stands alone
_STYLE = "".join(
    (
        f"text{{font-family:{FONT};font-size:13px;fill:{INK};paint-order:stroke;",
        f"stroke:{PAPER};stroke-width:4px;stroke-linejoin:round}}",
        f".road{{stroke:{MUTED};stroke-width:2.2}}.vague{{stroke-dasharray:6 5}}",
        f"text.vague{{font-style:italic}}.place{{fill:{PAPER};stroke:{INK};stroke-width:1.6}}",
        f".contested{{fill:{CLAIM};stroke:{CLAIM}}}",
        f".region{{fill:{PRIOR};fill-opacity:.16;stroke:{PRIOR};stroke-dasharray:4 4}}",
        f".alone{{fill:{PAPER};fill-opacity:1}}",
        f".scale{{stroke:{INK};stroke-width:1.4;fill:none}}.town,.own{{fill:{MUTED}}}",
        f".own-line,.own-area{{stroke:{MUTED};fill:none}}",
        f".town-label,.own-label,.road-label,.at-field{{fill:{MUTED};font-size:11px}}",
        *(f".held-{i}{{fill:{colour}}}" for i, colour in enumerate(SIDES)),
    )
)


@dataclass(frozen=True)
class GroundFigure:
    """The map or the plan of a report, to be saved or shown by itself.

    Attributes
    ----------
    name : "map". words : what it shows, and where the locations come from.
    plan : the drawing. features : the same ground as a GeoJSON FeatureCollection.
    """

    name: str
    words: str
    plan: GroundPlan
    features: dict[str, Any]

    def svg(self) -> str:
        """An SVG document."""
        head, _, rest = str(self.plan.drawing).partition(">")
        head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="640"', 1)
        paper = f'<rect width="640" height="{self.plan.height:.0f}" fill="{PAPER}"/>'
        declared = '<?xml version="1.0" encoding="UTF-8"?>'
        return f"{declared}\n{head}><style>{_STYLE}</style>{paper}{rest}\n"

    def png(self, scale: float = 2.0) -> bytes:
        """A PNG picture, `scale` pixels to a unit of the drawing."""
        return picture_of(self.svg(), scale)

    def save(self, path: str | Path) -> Path:
        """Write the ground; the ending decides the form: .svg, .png, .geojson or .json.

        Raises
        ------
        OptionError : another ending.
        """
        geojson = partial(to_text, self.features)
        forms = {".svg": self.svg, ".png": self.png, ".geojson": geojson, ".json": geojson}
        return save_as(path, forms, "the map", ".svg, .png, .geojson")

    def _repr_svg_(self) -> str:
        return self.svg().partition("\n")[2]

    def _repr_markdown_(self) -> str:
        return in_markdown(shown(self.name, (self.words,)))


def ground_figure(data: ReportData) -> GroundFigure:
    """The ground of a report."""
    colours = {side.id: i % len(SIDES) for i, side in enumerate(data.scenario.sides)}
    plan = ground_plan(data.scenario, colours, data.dossier, data.shapes)
    return GroundFigure("map", plan.caption, plan, ground_features(data))
