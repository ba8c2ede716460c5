"""Every fault of a record's file comes at once, each in four parts and at its place."""

from __future__ import annotations

from itertools import pairwise

import pytest

from inje.dossier import load_dossier
from inje.errors import Fault, FileFaults

RECORD = """schema: inje-dossier/2
battle:
  title: A skirmish
  when: {edtf: 1901-05-03}
  sides:
    - {id: north, name: Northern Army}
    - {id: south, name: Southern Republic}
sources:
  - {id: book, title: A book}
  - {id: reprint, title: The book again, copies: book}
entities:
  - {id: narrator, kind: narrator, name: N}
claims:
  - {id: c1, kind: fact, holders: [narrator], about: strength.north, value: {low: 8, high: 9}}
  - {id: c2, kind: fact, holders: [narrator], about: winner, value: {best: south}}
"""


@pytest.fixture
def faults(tmp_path):
    def found(*changes: tuple[str, str]) -> tuple[Fault, ...]:
        text = RECORD
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "dossier.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileFaults) as caught:
            load_dossier(path)
        return caught.value.faults

    return found


def test_the_record_itself_has_no_faults(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(RECORD, encoding="utf-8")
    assert len(load_dossier(path).claims) == 2


#: one change a fault: (what was there, what came), the line of it, words of the message
FAULTS = {
    "unknown field": (("  title: A skirmish", "  titel: A skirmish"), 3, "write 'title'"),
    "number for a date": (("edtf: 1901-05-03", "edtf: 19010503"), 4, "where a date belongs"),
    "circle": (("title: A book}", "title: A book, copies: reprint}"), 9, "goes in a circle"),
    "kind": (("kind: narrator", "kind: narator"), 12, "write 'narrator'"),
    "low above high": (("low: 8,", "low: 80,"), 14, "low 80 is above high 9"),
    "path": (("about: winner", "about: winer"), 15, "'winer' names nothing"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_has_four_parts_and_a_place(faults, kind):
    change, line, words = FAULTS[kind]
    (fault,) = faults(change)
    name, row, column = fault.where.rsplit(":", 2)
    assert (name.endswith("dossier.yaml"), int(row), int(column) > 1) == (True, line, True)
    assert words in str(fault)
    assert all((fault.what, fault.allowed, fault.remedy)), fault


def test_all_faults_come_at_once_whatever_their_kind(faults):
    """Also those between records, which show only when each record is valid by itself."""
    found = faults(*(change for change, _, _ in FAULTS.values()))
    rows = [int(fault.where.rsplit(":", 2)[1]) for fault in found]
    assert rows == [line for _, line, _ in FAULTS.values()]
    assert all(a <= b for a, b in pairwise(rows))


def test_two_faults_of_one_field_come_one_after_the_other(faults):
    """A number where a date belongs is no date either: it is said once."""
    assert len(faults(("edtf: 1901-05-03", "edtf: 17"))) == 1


def test_what_is_no_date_is_refused(faults):
    (fault,) = faults(("edtf: 1901-05-03", "edtf: 3 May"))
    assert "'3 May' is not an EDTF date" in fault.what


def test_faults_of_a_guessed_value_are_not_told(faults):
    """What takes the place of a wrong number is no number of the file's."""
    (fault,) = faults(("value: {low: 8, high: 9}", "value: {low: 8, high: 9, to: few}"))
    assert "'few' came" in fault.what
