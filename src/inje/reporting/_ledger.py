"""The ledger: every number printed in the report, with the way back to where it comes from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from inje.tables import rough

__all__ = [
    "Entry",
    "Ledger",
    "estimated",
    "format_error",
    "format_number",
    "regrouped",
    "signed",
    "slug",
    "spoken",
]

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_ANY = re.compile(r"(?<![\w.,])[+\u2212-]?\d+(?:[\u202f,]\d{3})*(?:\.\d+)?(?![\w.,]*\w)")
_TOLD = re.compile(_ANY.pattern + r"(?=[\u202f ]?(?:%|dB\b|bits?\b|worlds\b|claims?\b|of the\b))")
_PLAIN = re.compile(r"[\u202f,]")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
_SHOWN = re.compile(r"[+\u2212]?\d+(?:\.(?P<places>\d+))?(?: × 10(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
_PLAIN_POWER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_THIN = "\u202f"  # narrow no-break space: groups digits as ISO 80000-1 does
_MINUS = "\u2212"


def slug(text: str) -> str:
    """Letters a-z, digits and single hyphens: what an id in the page is made of."""
    return _NOT_IN_A_SLUG.sub("-", text.lower()).strip("-") or "x"


def _grouped(text: str) -> str:
    whole, point, rest = text.partition(".")
    sign = _MINUS if whole.startswith("-") else ""
    digits = whole.lstrip("-")
    if len(digits) > 4:
        head = len(digits) % 3
        groups = ([digits[:head]] if head else []) + [
            digits[i : i + 3] for i in range(head, len(digits), 3)
        ]
        digits = _THIN.join(groups)
    return sign + digits + point + rest


def format_number(value: float, unit: str = "") -> str:
    """The number as printed: people whole, shares in per cent, the rest to three digits."""
    if unit in _FORMS:
        return _FORMS[unit](value)
    if unit in ("days", "km"):
        whole = abs(value) >= (10 if unit == "km" else 100)
        return _grouped(f"{value:.0f}" if whole else f"{value:.1f}")
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "\u2013"
    if abs(value) >= 100 or float(value).is_integer():
        return _grouped(f"{value:.0f}")
    if abs(value) < 1e-3:
        power = math.floor(math.log10(abs(value)))
        return f"{_grouped(f'{value / 10**power:.1f}')} × 10{_superscript(power)}"
    return _grouped(f"{value:.3g}")


def format_error(error: float | None, unit: str = "", shown: str = "") -> str:
    """A standard error as it stands behind its number, to one digit.

    Nothing where it is less than half of the last digit shown, nor behind "< 1 %" or "never".
    """
    found = _SHOWN.fullmatch(shown.replace(_THIN, "").replace("%", ""))
    if error is None or not 0 < error < math.inf or found is None:
        return ""
    scale = 100 * error if unit == "%" else error
    power = int(found["power"].translate(_PLAIN_POWER)) if found["power"] else 0
    if scale < 0.5 * 10.0 ** (power - len(found["places"] or "")):
        return ""
    if scale >= 1e-4:
        return f"±{_THIN}{_grouped(rough(scale))}"
    digit, _, power_of_ten = f"{scale:.0e}".partition("e")
    return f"±{_THIN}{digit} × 10{_superscript(int(power_of_ten))}"


def estimated(value: float, unit: str, error: float | None) -> str:
    """A number with its unit and, where it is to be seen, its Monte-Carlo error."""
    shown = format_number(value, unit)
    spread = format_error(error, unit, shown)
    named = shown if unit in ("", "%") else f"{shown} {unit}"
    return f"{named} {spread}" if spread else named


def regrouped(sentence: str) -> str:
    """A sentence of the engine with its numbers grouped as the page groups them."""
    return _COMMAS.sub(lambda found: _grouped(found[0].replace(",", "")), sentence)


def signed(value: float, unit: str = "") -> str:
    """A difference, with its sign; of shares in points of a per cent."""
    size = abs(value)
    if unit == "%":
        told = f"{100 * size:.{0 if size >= 0.0995 else 1}f}{_THIN}%"
    else:
        told = format_number(size, unit).lstrip("+")
    return told if value == 0 else ("+" if value > 0 else _MINUS) + told


def spoken(value: float | None, unit: str = "") -> str:
    """As `format_number`; a moment that never comes is "never"."""
    return "never" if value is None else format_number(value, unit)


def _people(value: float) -> str:
    return _grouped(f"{value:.0f}")


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "< 1 %".replace(" ", _THIN)
    if 0.99 < share < 1:
        return "> 99 %".replace(" ", _THIN)
    return f"{100 * share:.0f}{_THIN}%"


def _decibel(value: float) -> str:
    if abs(value) < 0.05:
        return "0.0"
    return ("+" if value > 0 else "") + _grouped(f"{value:.1f}")


def _bit(value: float) -> str:
    return "< 0.001".replace(" ", _THIN) if 0 < value < 0.0005 else f"{value:.3f}"


_FORMS = {"people": _people, "worlds": _people, "%": _percent, "dB": _decibel, "bit": _bit}


def _superscript(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed number.

    Attributes
    ----------
    id : id of the element in the page, "n-...".
    value : the number itself; text : as printed; unit : its unit.
    what : what it is, in words.
    path : observable path or parameter, empty for diagnostics.
    stage : prior, posterior, claim, outcome, comparison, what-if, seek, diagnostic, manifest.
    claims : claims behind it, by id; note : prior, assumption or method behind it.
    error : its Monte-Carlo standard error; None for what is counted, assumed or told.
    """

    id: str
    value: float
    text: str
    unit: str
    what: str
    path: str = ""
    stage: str = "posterior"
    claims: tuple[str, ...] = ()
    note: str = ""
    error: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; an infinite or undefined number is null."""
        return {
            "id": self.id,
            "value": self.value if math.isfinite(self.value) else None,
            "text": self.text,
            "unit": self.unit,
            "what": self.what,
            "path": self.path,
            "stage": self.stage,
            "claims": list(self.claims),
            "note": self.note,
            "error": self.error,
        }


@dataclass
class Ledger:
    """Collects the numbers of one page while it is rendered; ids are unique."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def number(
        self,
        key: str,
        value: float | None,
        *,
        unit: str = "",
        what: str,
        path: str = "",
        stage: str = "posterior",
        claims: tuple[str, ...] = (),
        note: str = "",
        text: str | None = None,
        error: float | None = None,
    ) -> Markup:
        """Print a number: an element with an id of its own, entered here. None is "never".

        `error` is its Monte-Carlo standard error, printed behind it where it is above 0; None for
        numbers that have none.
        """
        identifier = self._unused(f"n-{slug(key)}")
        number = math.nan if value is None else float(value)
        shown = text or spoken(value, unit)
        known = None if error is None or not math.isfinite(error) else float(error)
        entry = Entry(identifier, number, shown, unit, what, path, stage, claims, note, known)
        self.entries[identifier] = entry
        plain = f"{number:.6g}" if math.isfinite(number) else ""
        made = Markup('<data id="{}" value="{}">{}</data>').format(identifier, plain, shown)
        spread = format_error(known, unit, shown)
        return made + Markup(" <small>{}</small>").format(spread) if spread else made

    def sentence(self, key: str, text: str, *, every: bool = False, **about: Any) -> Markup:
        """Print a sentence with the numbers in it entered here, as `number` does.

        `every` takes each number; else those that count worlds or bear %, dB or bit, for a year
        or a name is no number of the report. `about` as in `number`.
        """
        parts, reached = Markup(""), 0
        for place, found in enumerate((_ANY if every else _TOLD).finditer(text), start=1):
            value = float(_PLAIN.sub("", found[0]).replace(_MINUS, "-"))
            share = text[found.end() :].lstrip(" " + _THIN).startswith("%")
            parts += Markup("{}").format(text[reached : found.start()])
            unit = "%" if share else ""
            worth = value / 100 if share else value
            parts += self.number(f"{key}-{place}", worth, unit=unit, text=found[0], **about)
            reached = found.end()
        return parts + text[reached:]

    def _unused(self, identifier: str) -> str:
        unused, again = identifier, 2
        while unused in self.entries:
            unused, again = f"{identifier}-{again}", again + 1
        return unused
