"""Small PDFs that ask for much: made by hand, a few kilobytes each."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

SENTENCE = "The army of the North marched to the hill and lost 8 men in the battle."


def pdf_of(objects: Sequence[bytes], *, more: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return out + trailer % (size, more, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def page_of(content: bytes, *further: bytes, resources: bytes = b"") -> bytes:
    """A file of one page: this stream, and further objects from 6 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page + b"/Resources << /Font << /F 5 0 R >> %s >> >>" % resources,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *further,
        ]
    )


def written(text: str) -> bytes:
    """What draws a line of text."""
    return b"BT /F 9 Tf 20 700 Td (%s) Tj ET" % text.encode("ascii")


def sound() -> bytes:
    """A page with a sentence on it."""
    return page_of(stream(written(SENTENCE)))


def columned(lines: Sequence[str], left: int) -> bytes:
    """A page whose first lines stand in a column on the left, the others on the right of it."""
    drawn = b""
    for number, line in enumerate(lines):
        x, row = (20, number) if number < left else (300, number - left)
        place = (x, 700 - 12 * row, line.encode("ascii"))
        drawn += b"BT /F 9 Tf %d %d Td (%s) Tj ET\n" % place
    return page_of(stream(drawn))


def unfolding() -> bytes:
    """A page that is packed twice: some kilobytes that unfold to four gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\x9c" + block * (1 << 12)
    return page_of(stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def nested() -> bytes:
    """An array in an array, two hundred thousand deep."""
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R /Deep %s >>" % (b"[" * 200_000)])


def circling() -> bytes:
    """A table of objects whose predecessor is itself, and a page tree that is its own child."""
    made = pdf_of(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]
    )
    start = made.rpartition(b"startxref\n")[2].split()[0]
    return made.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %s " % start)


def endless() -> bytes:
    """Forms that draw each other ten times over, eleven deep: a hundred milliards of them."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    forms = []
    for number in range(6, 17):
        inside = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        forms.append(stream(b"/X Do " * 10, kind + inside))
    forms.append(stream(written(SENTENCE), kind))
    return page_of(stream(b"/X Do"), *forms, resources=b"/XObject << /X 6 0 R >>")


def itself() -> bytes:
    """A form that draws itself."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    return page_of(stream(b"/X Do"), stream(b"/X Do", kind), resources=b"/XObject << /X 6 0 R >>")


def crowded() -> bytes:
    """A hundred thousand pages, all one."""
    kids = b"3 0 R " * 100_000
    return sound().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [%s] /Count 100000" % kids)


def many() -> bytes:
    """A hundred thousand pages, each an object of its own."""
    count = 100_000
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources "
    page += b"<< /Font << /F 4 0 R >> >> >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            stream(written(SENTENCE)),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *[page] * count,
        ]
    )


#: what is refused, or read, within the limits
BOMBS: dict[str, Callable[[], bytes]] = {
    "unfolding": unfolding,
    "nested": nested,
    "circling": circling,
    "endless": endless,
    "itself": itself,
    "crowded": crowded,
    "many": many,
}
