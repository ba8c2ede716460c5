"""Drawings in files of their own: the ending of the name decides the form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from inje.dossier import write_atomically
from inje.errors import OptionError

__all__ = ["picture_of", "save_as", "to_text"]


def picture_of(svg: str, scale: float) -> bytes:
    """A PNG picture of a drawing, `scale` pixels to its unit."""
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=scale)


def to_text(data: dict[str, Any]) -> str:
    """Data as one line of JSON."""
    return json.dumps(data, ensure_ascii=False) + "\n"


def save_as(
    path: str | Path, forms: Mapping[str, Callable[[], str | bytes]], what: str, allowed: str
) -> Path:
    """Write the form that the ending of the path names.

    Raises
    ------
    OptionError : no form has this ending.
    """
    target = Path(path)
    form = forms.get(target.suffix.lower())
    if form is None:
        raise OptionError(
            str(target),
            f"the ending {target.suffix!r} names no form of {what}",
            allowed,
            "give the file another ending",
        )
    write_atomically(target, form())
    return target
