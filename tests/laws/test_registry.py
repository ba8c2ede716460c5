"""Laws come by name, the built-in ones and those of other distributions through one door."""

from __future__ import annotations

import sys

import pytest

from inje import laws
from inje.errors import ModelError
from inje.laws._law import Law, Parameter

BUILT_IN = {
    "bracken",
    "deitchman",
    "fatigue",
    "hartley",
    "helmbold",
    "heterogeneous",
    "linear",
    "logarithmic",
    "salvo",
    "salvo-stochastic",
    "square",
}

MODULE = """
from inje.laws import Law, Parameter


def rate(own, enemy, t, p0, p1, p2, p3):
    return 0.0 if own <= 0.0 else enemy / (1.0 + p0 * enemy)


def bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return enemy / (1.0 + p0 * enemy)


FRONT = Law(
    name="front",
    title="A front that holds only so many",
    formula="dx/dt = -k y / (1 + c y)",
    coefficient="losses per enemy in the front and day",
    parameters=(Parameter("c", "1", 0.01, 0.0, 1.0, "crowding"),),
    source="invented for this test",
    rate=rate,
    bound=bound,
)
NOT_A_LAW = 42
"""


@pytest.fixture
def distribution(tmp_path, monkeypatch):
    """A tiny distribution of its own, installed by being on the path."""
    (tmp_path / "front_law.py").write_text(MODULE)
    info = tmp_path / "front_law-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: front-law\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield info
    sys.modules.pop("front_law", None)


def test_all_built_in_laws_come_through_the_door():
    assert set(laws.names()) >= BUILT_IN
    for name in laws.names():
        law = laws.get(name)
        assert law.name == name
        assert law.formula
        assert any(character.isdigit() for character in law.source), "a source has a year"


def test_the_page_shows_every_law_with_its_parameters():
    page = laws.page()
    for name in laws.names():
        law = laws.get(name)
        section = page.split(f"## {law.title}\n")[1].split("\n## ")[0]
        assert f"Name: `{name}`. Formula: `{law.formula}`." in section
        assert law.source in section
        for parameter in law.parameters:
            assert f"| {parameter.name} | {parameter.unit} | {parameter.default:g} |" in section


def test_an_unknown_law_is_named_beside_the_allowed():
    with pytest.raises(ModelError, match=r"'sqare'.*linear.*square"):
        laws.get("sqare")


def test_a_third_party_law_is_found(distribution):
    (distribution / "entry_points.txt").write_text("[inje.laws]\nfront = front_law:FRONT\n")
    assert "front" in laws.names()
    front = laws.get("front")
    assert isinstance(front, Law)
    assert front.rate(5.0, 100.0, 0.0, *front.values({})) == pytest.approx(50.0)
    assert set(laws.names()) > BUILT_IN


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("front = front_law:NOT_A_LAW", "42"),
        ("front = front_law:MISSING", "does not load"),
        ("front = no_such_module:FRONT", "does not load"),
        ("other = front_law:FRONT", "same name"),
        ("square = front_law:FRONT", "one distribution"),
    ],
)
def test_a_faulty_distribution_is_named(distribution, entry, said):
    (distribution / "entry_points.txt").write_text(f"[inje.laws]\n{entry}\n")
    with pytest.raises(ModelError, match=said):
        laws.get(entry.split()[0])


def _rate(own, enemy, t, p0, p1, p2, p3):
    return enemy


def _bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return enemy


def _short(own, enemy):
    return enemy


def _with_default(own, enemy, t, p0, p1, p2, p3=0.0):
    return enemy


@pytest.mark.parametrize("wrong", [_short, _with_default, max])
def test_a_rate_of_another_form_is_refused(wrong):
    with pytest.raises(ModelError, match="rate"):
        Law("mine", "", "", "", (), "", rate=wrong, bound=_bound)


def test_a_closure_is_refused():
    hidden = 2.0

    def closed(own, enemy, t, p0, p1, p2, p3):
        return hidden * enemy

    with pytest.raises(ModelError, match="closure"):
        Law("mine", "", "", "", (), "", rate=closed, bound=_bound)


def test_names_and_parameters_are_checked():
    with pytest.raises(ModelError, match="lower-case"):
        Law("My Law", "", "", "", (), "", rate=_rate, bound=_bound)
    five = tuple(Parameter(f"c{i}", "1", 0.0, 0.0, 1.0, "") for i in range(5))
    with pytest.raises(ModelError, match="at most 4"):
        Law("mine", "", "", "", five, "", rate=_rate, bound=_bound)
    with pytest.raises(ModelError, match="default"):
        Parameter("c", "1", 2.0, 0.0, 1.0, "")
