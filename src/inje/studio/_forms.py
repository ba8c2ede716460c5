"""From the fields of a form to the fields of a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from inje.dossier import ObservablePath
from inje.errors import PathError

__all__ = ["claim_fields"]

_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?\Z")


def claim_fields(form: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Fields of a claim, and what is wrong with them (empty when nothing is).

    Parameters
    ----------
    form : kind, holders (ids, outermost first), about, vagueness, low, best, high, summary.
    """
    about = form.get("about", "").strip()
    if about:
        try:
            about = str(ObservablePath.parse(about, "about"))
        except PathError as fault:
            return {}, str(fault)
    holders = tuple(form.get("holders", "").replace(",", " ").split())
    if not holders:
        return {}, "holders: somebody must hold the claim; the narrator is a holder too"
    fields: dict[str, Any] = {
        "kind": form.get("kind", "fact"),
        "holders": holders,
        "about": about,
        "summary": form.get("summary", "").strip(),
    }
    value, fault = _value(form)
    if fault:
        return {}, fault
    return {**fields, "value": value}, ""


def _value(form: Mapping[str, str]) -> tuple[dict[str, Any] | None, str]:
    parts = {name: _scalar(form.get(name, "")) for name in ("low", "best", "high")}
    vagueness = form.get("vagueness", "exact")
    given = {name: part for name, part in parts.items() if part is not None}
    if not given and vagueness not in ("none", "hundreds"):
        return None, ""
    numbers = [part for part in given.values() if not isinstance(part, str)]
    if numbers and numbers != sorted(numbers):
        return None, "low, best and high: each must not be below the one before"
    if vagueness == "between" and not {"low", "high"} <= set(given):
        return None, "between: give low and high"
    return {**given, "vagueness": vagueness, "unit": form.get("unit", "").strip()}, ""


def _scalar(text: str) -> int | float | str | None:
    plain = text.strip().replace("\u202f", "").replace(",", "")
    if not plain:
        return None
    if not _NUMBER.match(plain):
        return text.strip()
    return float(plain) if "." in plain else int(plain)
