"""Long lists travel packed inside the page, so that ten thousand claims are still one small file.

A list longer than `LARGE` characters stands in the page as compressed text (DEFLATE, RFC 1950, in
base64) and is unfolded by the page's script in idle moments; `inje trace` reads the same bytes.
Shorter ones are plain HTML. Nothing is left out either way.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from markupsafe import Markup

__all__ = ["LARGE", "folded_json", "folded_rows", "unfolded_json"]

#: characters from which on a list is packed
LARGE = 200_000
#: rows that are unfolded at once, few enough not to be felt
AT_ONCE = 100
#: stands between them; text of a document cannot hold it where rows begin
BETWEEN = "\x1e"


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def folded_rows(rows: str) -> Markup:
    """Rows of a flat list or table, as they are or packed where they are many.

    Parameters
    ----------
    rows : escaped HTML of `li` or `tr` elements, each at the start of a line, none inside another.
    """
    if len(rows) <= LARGE:
        return Markup(rows)  # noqa: S704  rendered with autoescape on
    each = re.split(r"\n(?=<(?:li|tr)[ >])", rows.replace(BETWEEN, " "))
    parts = ("\n".join(each[i : i + AT_ONCE]) for i in range(0, len(each), AT_ONCE))
    return Markup('<script type="text/plain" class="folded">{}</script>').format(
        _packed(BETWEEN.join(parts))
    )


def folded_json(plain: str) -> Markup:
    """JSON for a script element, packed where it is long: then it has no brace."""
    return Markup(plain if len(plain) <= LARGE else _packed(plain))  # noqa: S704  no markup in it


def unfolded_json(text: str) -> Any:
    """What `folded_json` folded.

    Raises
    ------
    ValueError : it is neither JSON nor packed JSON.
    """
    if text.lstrip().startswith("{"):
        return json.loads(text)
    try:
        return json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
    except zlib.error as fault:
        raise ValueError(str(fault)) from None
