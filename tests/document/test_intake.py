"""What cannot be read is refused in four parts, quickly."""

from __future__ import annotations

import io

import pytest
from tests.timing import within

from inje.document import read_document
from inje.errors import DocumentError, OptionError

GERMAN = (
    "Die Schlacht war für das Heer eine schwere Niederlage und wurde von den Zeitgenossen als das "
    "Ende der alten Ordnung angesehen, weil die Stadt nach der Belagerung nicht mehr zu halten war."
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "blanks"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        (b"\x00\x01\x02\x03" * 64, "binary"),
        (GERMAN.encode(), "German"),
        ("Битва была выиграна войсками генерала у деревни в апреле того же года. " * 5, "English"),
    ],
)
def test_refused_with_a_sentence(content, says):
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(DocumentError, match=says) as caught:
        read_document(content)
    assert caught.value.faults[0].allowed
    assert caught.value.faults[0].remedy


def test_invalid_utf8_names_offset_line_and_column(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes(b"First line\nThe caf\xe9 burned\n")
    with pytest.raises(DocumentError, match=r"latin\.txt:2:8: byte 0xe9 at offset 18"):
        read_document(path)


def test_fifty_megabytes_are_refused_at_once(tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * 10_000_000)

    def refused() -> None:
        with pytest.raises(DocumentError, match="50,000,000 bytes"):
            read_document(path)

    assert within(1.0, refused)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(DocumentError, match="cannot be opened"):
        read_document(tmp_path / "nothing.txt")
    with pytest.raises(DocumentError, match="cannot be opened"):
        read_document(tmp_path)


def test_standard_input_is_a_source(monkeypatch):
    text = b"The battle was fought in the hills above the town by the army of the north.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert read_document("-").text.startswith("The battle")


def test_an_unknown_reader_is_named():
    with pytest.raises(OptionError, match="no reader 'magic'"):
        read_document(b"The battle was fought here.", reader="magic")


def test_english_with_many_foreign_names_is_read():
    text = (
        "The Battle of Baku (Bakı döyüşü, Bakü Muharebesi) took place in 1918 between the forces "
        "of Nuri Pasha and the Baku Soviet and was a part of the Caucasus Campaign."
    )
    assert read_document(text.encode()).language == "en"
