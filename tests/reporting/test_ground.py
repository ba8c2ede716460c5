"""The ground: a map where a source locates it, a plan where none does, GeoJSON both ways."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.reporting.made_up import posterior, report_data
from typer.testing import CliRunner

from inje.cli import app
from inje.dossier import Coordinates
from inje.errors import InputError, OptionError
from inje.ground import great_circle, towns_within
from inje.posterior import save_posterior
from inje.reporting import Report, ReportData, ground_features, read_shapes
from inje.reporting._ground_plan import ground_plan
from inje.reporting._locating import located

#: a bridge near Zanjan, where the gazetteer has towns around
BRIDGE = {"latitude": 36.7, "longitude": 48.4, "source": "a survey of 1871"}


def grounded(**places: dict[str, object]) -> ReportData:
    data = report_data()
    moved = tuple(
        place.model_copy(update=places.get(place.id, {})) for place in data.scenario.places
    )
    return replace(data, scenario=data.scenario.model_copy(update={"places": moved}))


def circles(page: str) -> list[str]:
    drawing = page[page.index('id="ground"') : page.index("</svg>", page.index('id="ground"'))]
    return re.findall(r'<circle class="([a-z -]*)', drawing)


def test_nothing_located_is_a_plan_and_no_map() -> None:
    data = report_data()
    assert located(data.scenario, data.dossier) == {}
    page = Report(data).html
    assert "A schematic plan, not a map" in page
    assert "GeoNames" not in page
    assert circles(page) == [], "an unlocated place is a region, never a point"


@pytest.mark.parametrize("villages", [1, 2, 3])
def test_a_plan_holds_its_whole_field_and_the_name_above_it(villages: int) -> None:
    data = report_data()
    first, *others = data.scenario.places
    field = first.model_copy(update={"id": "field", "name": "the field", "contested": False})
    inner = [p.model_copy(update={"within": "field"}) for p in (first, *others)][:villages]
    plan = ground_plan(
        data.scenario.model_copy(update={"places": (field, *inner), "roads": ()}), {}
    )
    (name,) = re.findall(r'class="at-field" x="[^"]*" y="([-\d.]+)"', plan.drawing)
    (middle,) = re.findall(r'class="region" cx="[^"]*" cy="([-\d.]+)"', plan.drawing)
    assert 12 <= float(name) < float(middle) - 84
    assert float(middle) + 84 <= plan.height
    flags = re.findall(r'class="place flag[^>]* x="([-\d.]+)" y="([-\d.]+)"', plan.drawing)
    assert len(flags) == villages
    assert all(0 < float(x) < 640 and 0 < float(y) < plan.height for x, y in flags)


def test_a_located_place_is_a_point_and_its_neighbours_are_regions() -> None:
    data = grounded(bridge=BRIDGE)
    spots = located(data.scenario, data.dossier)
    assert spots["bridge"].known
    assert not spots["bridge"].region
    others = [spot for name, spot in spots.items() if name != "bridge"]
    assert others
    for spot in others:
        assert not spot.known
        assert spot.region
    page = Report(data).html
    assert "North is up." in page
    assert "a survey of 1871" in page
    kinds = circles(page)
    assert sum(kind.startswith("place") for kind in kinds) == 1, "one point: the bridge"
    assert kinds.count("region") >= 1


def test_an_uncertain_place_is_a_region() -> None:
    data = grounded(bridge={**BRIDGE, "uncertainty_km": 4.0})
    kinds = circles(Report(data).html)
    assert not any(kind.startswith("place") for kind in kinds)
    assert kinds.count("region") >= 1


def test_names_of_one_region_stand_in_one_list() -> None:
    data = grounded(bridge={**BRIDGE, "uncertainty_km": 4.0}, mill={"within": "bridge"})
    page = Report(data).html
    drawing = page[page.index('id="ground"') : page.index("</svg>", page.index('id="ground"'))]
    assert re.findall(r'class="at-field"[^>]*>([^<]*)<', drawing) == ["Weir Bridge"]
    assert re.findall(r'class="vague"[^>]*>([^<]*)<', drawing)[0] == "The Mill"
    flags = re.findall(r'class="place flag[^"]*" data-place="(\w+)"', drawing)
    assert "mill" in flags
    assert "bridge" not in flags, "what the others are parts of stands above"


def test_coordinates_of_the_record_are_used_too() -> None:
    data = report_data()
    entities = tuple(
        entity.model_copy(update={"coordinates": Coordinates(latitude=36.7, longitude=48.4)})
        if entity.id == "bridge"
        else entity
        for entity in data.dossier.entities
    )
    texts = data.dossier.texts
    record = data.dossier.model_copy(update={"entities": entities}).with_texts(*texts)
    spots = located(data.scenario, record)
    assert spots["bridge"].source == "the record"
    assert "North is up." in Report(replace(data, dossier=record)).html


def test_towns_stand_around_for_orientation() -> None:
    page = Report(grounded(bridge={**BRIDGE, "uncertainty_km": 20.0})).html
    assert "GeoNames (CC BY 4.0)" in page
    assert '<text class="town-label"' in page
    assert "Zanjan" in page


def test_the_gazetteer_knows_towns_by_place() -> None:
    found = towns_within(36.5, 48.2, 36.9, 48.8)
    assert "Zanjan" in [town.name for town in found]
    assert all(36.5 <= t.latitude <= 36.9 and 48.2 <= t.longitude <= 48.8 for t in found)
    assert [t.people for t in found] == sorted((t.people for t in found), reverse=True)
    assert towns_within(-60, -30, -55, -20) == (), "the sea"
    across = towns_within(-20, 177, -16, -178)
    assert {"FJ"} == {town.country for town in across}, "over the antimeridian"


def test_features_say_what_is_known_and_regions_are_round() -> None:
    data = grounded(bridge={**BRIDGE, "uncertainty_km": 4.0})
    found = {f["id"]: f for f in ground_features(data)["features"]}
    bridge = found["bridge"]
    assert bridge["properties"]["located"] is True
    assert bridge["properties"]["source"] == "a survey of 1871"
    assert bridge["geometry"]["type"] == "Polygon"
    (ring,) = bridge["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert all(great_circle(36.7, 48.4, y, x) == pytest.approx(4.0, rel=0.01) for x, y in ring)
    plain = {f["id"]: f for f in ground_features(report_data())["features"]}
    assert plain["bridge"]["geometry"] is None, "nobody locates it"
    held = [k for k in bridge["properties"] if k.startswith("held by ")]
    assert math.fsum(bridge["properties"][k] for k in held) <= 1 + 1e-6


def test_the_map_is_a_file_in_three_forms(tmp_path: Path) -> None:
    figure = Report(grounded(bridge=BRIDGE)).figure("map")
    root = ElementTree.fromstring(figure.save(tmp_path / "m.svg").read_text())  # noqa: S314
    assert root.tag.endswith("svg")
    assert figure.save(tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")
    saved = json.loads(figure.save(tmp_path / "m.geojson").read_text())
    assert saved["type"] == "FeatureCollection"
    assert read_shapes(tmp_path / "m.geojson"), "what goes out comes in"
    with pytest.raises(OptionError, match=r"\.geojson"):
        figure.save(tmp_path / "m.pdf")


def test_the_users_own_map_is_drawn_in(tmp_path: Path) -> None:
    path = tmp_path / "river.geojson"
    river = {"type": "LineString", "coordinates": [[48.3, 36.6], [48.45, 36.75]]}
    named = {"name": "<b>The Weir</b>"}
    path.write_text(json.dumps({"type": "Feature", "properties": named, "geometry": river}))
    data = replace(grounded(bridge=BRIDGE), shapes=read_shapes(path))
    page = Report(data).html
    assert page.count('class="own own-line"') == 1
    assert "&lt;b&gt;The Weir&lt;/b&gt;" in page
    assert "the map that was given" in page
    assert 'class="own' not in Report(grounded(bridge=BRIDGE)).html.split("</style>")[1]


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[]",
        '{"type": "Circle"}',
        '{"type": "Point", "coordinates": [4845000, 36]}',
        '{"type": "LineString", "coordinates": "north"}',
        '{"type": "Point", "coordinates": [NaN, 3]}',
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.geojson"
    path.write_text(content)
    with pytest.raises(InputError, match="is no GeoJSON"):
        read_shapes(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_shapes(tmp_path / "missing.geojson")


def test_too_many_points_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "coast.geojson"
    line = [[i / 1000, 50.0] for i in range(20_001)]
    path.write_text(json.dumps({"type": "LineString", "coordinates": line}))
    with pytest.raises(InputError, match="20001 points"):
        read_shapes(path)


def test_the_command_writes_one_figure(tmp_path: Path) -> None:
    made = posterior()
    assert made.scenario.dossier is not None
    here = tuple(force.model_copy(update={"march": None}) for force in made.scenario.forces)
    standing = made.scenario.model_copy(update={"forces": here}).with_dossier(made.scenario.dossier)
    weighed = save_posterior(replace(made, scenario=standing), tmp_path / "posterior.nc")
    target = tmp_path / "map.geojson"
    asked = ["report", str(weighed), "--figure", "map", "-o", str(target)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert json.loads(target.read_text())["type"] == "FeatureCollection"
    odd = CliRunner().invoke(app, ["report", str(weighed), "--figure", "moon"])
    assert isinstance(odd.exception, OptionError)
    assert "timeline" in str(odd.exception)
    (tmp_path / "own.geojson").write_text("no json")
    refused = ["report", str(weighed), "--ground", str(tmp_path / "own.geojson")]
    assert isinstance(CliRunner().invoke(app, refused).exception, InputError)
    assert not (tmp_path / "report.html").exists()
