"""Sound files spoilt in small ways: a recipe of bytes says where and how.

Most of what a fuzzer makes of nothing is refused at the first line of a loader. A recipe makes of
a sound file one that is nearly sound, and reaches what stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: bytes of a recipe that make one edit
STEP = 4
MOST_EDITS = 12
NASTY = (
    b"", b"0", b"-1", b"1", b"1e999", b"-1e308", b"nan", b".nan", b"inf", b".inf", b"null", b"~",
    b"true", b"[]", b"{}", b"''", b'""', b"99999999999999999999", b"-9223372036854775809", b"1.5",
    b"\xff", b"\x00", b"\xc3\xa9", b"\xe2\x80\xae", b"a" * 3000, b"../x", b"/etc/passwd", b"!!map",
    b"&a", b"*a", b"<<: *a", b"- ", b": ", b"\n", b"\t", b"#", b"|", b">", b"'", b'"', b"[", b"]",
    b"{", b"}", b",", b"1946-04-17", b"-0489", b"9999-99-99", b"1946-04-17/1946-04-01", b"<b>",
    b"unknown", b"assumed", b"schema", b"id", b"value", b"=1+1", b"\\u0000", b"\\ud800", b"1_0",
    b"0x7f", b"0o17", b"1:30", b"2026-11-22T00:00:00Z", b"%", b"@", b"`", b"? ", b"---\n", b"...\n",
)  # fmt: skip
_WORD = re.compile(rb"[\w.+\-]+")


def edited(sound: bytes, recipe: bytes) -> bytes:
    """The file after every edit of a recipe."""
    found = sound
    for place, kind, much in _edits(recipe):
        at = place * (len(found) + 1) // 65536
        found = _once(found, at, kind, much)
    return found


def _edits(recipe: bytes) -> Iterator[tuple[int, int, int]]:
    for low in range(0, min(len(recipe), STEP * MOST_EDITS) - STEP + 1, STEP):
        step = recipe[low : low + STEP]
        yield step[0] << 8 | step[1], step[2], step[3]


def _once(found: bytes, at: int, kind: int, much: int) -> bytes:
    token = NASTY[much % len(NASTY)]
    match kind % 8:
        case 0:
            return found[:at] + bytes([much]) + found[at + 1 :]
        case 1:
            return found[:at] + token + found[at:]
        case 2:
            return found[:at] + found[at + much + 1 :]
        case 3:
            return found[:at] + found[at : at + much] * 2 + found[at + much :]
        case 4 if much < 16:
            return found[:at]
        case 5:
            start, end = found.rfind(b"\n", 0, at) + 1, found.find(b"\n", at) % (len(found) + 1)
            return found[:start] + found[max(start, end) :]
    word = _WORD.search(found, at)
    if word is None:
        return found + token
    return found[: word.start()] + token + found[word.end() :]
