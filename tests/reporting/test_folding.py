"""Long lists inside the page: packed where they are long, plain where they are not."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

import pytest
from tests.reporting.crowded import crowded

from inje.reporting import Report, trace
from inje.reporting._folding import AT_ONCE, BETWEEN, LARGE, folded_json, folded_rows, unfolded_json


def test_short_rows_stay_html() -> None:
    rows = "\n<li>one</li>\n<li>two</li>"
    assert folded_rows(rows) == rows
    assert folded_json('{"a":1}') == '{"a":1}'


def test_long_rows_are_all_there_a_few_at_once() -> None:
    count = LARGE // 20
    rows = "".join(f'\n<li id="r{i}">row {i}\n{BETWEEN}</li>' for i in range(count))
    folded = folded_rows(rows)
    assert len(folded) < len(rows) / 4
    packed = folded.partition(">")[2].removesuffix("</script>")
    parts = zlib.decompress(base64.b64decode(packed)).decode().split(BETWEEN)
    assert all(part.count("<li") <= AT_ONCE for part in parts)
    assert sum(part.count("<li") for part in parts) == count
    assert "\n".join(parts).split() == rows.replace(BETWEEN, " ").split()


@pytest.mark.parametrize("size", [3, LARGE])
def test_numbers_are_read_back(size: int) -> None:
    plain = json.dumps({"numbers": ["1"] * size})
    assert unfolded_json(folded_json(plain)) == json.loads(plain)


@pytest.mark.parametrize("text", ["", "no", "{", "eNqLVg==", base64.b64encode(b"no").decode()])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|padding|decompress|incomplete|header"):
        unfolded_json(text)


def test_a_number_of_a_packed_report_can_be_traced(tmp_path: Path) -> None:
    path = Report(crowded(2500)).save(tmp_path / "crowd.html")
    assert path.stat().st_size < 900_000
    assert 'id="inje-numbers">{' not in path.read_text(encoding="utf-8")
    found = trace(path, "n-claim-c2400-tracks")
    assert found.claims[0]["quote"].startswith("lost ")
    assert found.manifest["seed"] == 1
