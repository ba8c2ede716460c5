"""Templates are compiled once, and what was compiled is never believed blindly."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from jinja2 import Environment

from inje.reporting import templates_of


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A package of its own with one template."""
    package = tmp_path / "a_house"
    (package / "templates").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "templates" / "door.j2").write_text("Come in, {{ who }}.")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield package
    sys.modules.pop("a_house", None)
    templates_of.cache_clear()


def rendered() -> tuple[str, int]:
    """What the template says in a new process, as it were, and how often one was compiled."""
    templates_of.cache_clear()
    compile_ = Environment.compile
    with patch.object(Environment, "compile", autospec=True, side_effect=compile_) as compiling:
        said = templates_of("a_house").get_template("door.j2").render(who="<b>")
    return said, compiling.call_count


def kept(package: Path) -> list[Path]:
    return sorted((package / "templates" / "__pycache__").glob("*"))


def test_a_template_is_compiled_once(house):
    assert rendered() == ("Come in, &lt;b&gt;.", 1)
    assert len(kept(house)) == 1
    assert rendered() == ("Come in, &lt;b&gt;.", 0)


def test_a_changed_template_is_compiled_anew(house):
    rendered()
    (house / "templates" / "door.j2").write_text("Go away, {{ who }}.")
    assert rendered() == ("Go away, &lt;b&gt;.", 1)


SPOILT = {
    "cut short": lambda whole: whole[: len(whole) // 2],
    "of another hand": lambda _: b"junk" * 99,
    "overwritten at its end": lambda whole: whole[:-9] + b"\x00" * 9,
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_one_is_compiled_anew(house, spoil):
    rendered()
    (file,) = kept(house)
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert rendered()[0] == "Come in, &lt;b&gt;."
    assert rendered() == ("Come in, &lt;b&gt;.", 0), "and kept again"


def test_where_none_can_be_kept_there_is_a_page(house):
    (house / "templates" / "__pycache__").write_text("a file, not a folder")
    assert rendered() == ("Come in, &lt;b&gt;.", 1)
    assert rendered() == ("Come in, &lt;b&gt;.", 1)


def test_what_other_options_compiled_is_not_used(house):
    """Whether text is escaped is compiled in: the options' own source is part of the name."""
    rendered()
    (old,) = kept(house)
    old.rename(old.with_name(old.name.replace(old.name.split(".")[1], "0" * 12)))
    assert rendered()[1] == 1
