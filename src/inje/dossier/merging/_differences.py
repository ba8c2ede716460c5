"""Two records compared: what one has and the other has not, and which fields differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import BaseModel

from inje.dossier._records import AnchorRecord, Claim, Dossier

__all__ = ["Difference", "Differences", "FieldChange", "compare_dossiers"]

_PARTS = ("documents", "sources", "entities", "events", "claims", "questions", "gaps")
_SHORT = 70


@dataclass(frozen=True)
class FieldChange:
    """One field that differs; `before` and `after` are plain data, None where empty."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """One record that differs.

    Attributes
    ----------
    part : "claims", "sources", "questions" ...; "battle" and "ignore" have a single record.
    change : added, removed or changed.
    id : in the newer record, or in the older one where it was removed.
    label : what it is, for a reader.
    fields : what changed in it.
    """

    part: str
    change: Literal["added", "removed", "changed"]
    id: str
    label: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Differences:
    """All differences between two records; false when there are none."""

    items: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.items)

    def of(self, part: str, change: str = "") -> tuple[Difference, ...]:
        """The differences of one part, all or of one kind."""
        return tuple(d for d in self.items if d.part == part and change in ("", d.change))

    def to_json(self) -> dict[str, Any]:
        """`{same, claims[{change, id, label, fields[{field, before, after}]}], sources[] ...}`."""
        parts: dict[str, Any] = {part: [] for part in ("battle", *_PARTS, "ignore")}
        for item in self.items:
            plain = asdict(item)
            parts[plain.pop("part")].append(plain)
        return {"same": not self.items, **parts}

    def to_text(self) -> str:
        """A line a difference, `+` added, `-` removed, `~` changed, and a line a field."""
        if not self.items:
            return "no differences\n"
        lines = []
        for item in self.items:
            sign = {"added": "+", "removed": "-", "changed": "~"}[item.change]
            lines.append(f"{sign} {item.part} {item.id}: {item.label}".rstrip(": "))
            lines += [f"    {change.field}: {_told(change)}" for change in item.fields]
        return "\n".join([*lines, _counted(self.items)]) + "\n"


def _told(change: FieldChange) -> str:
    """Before and after; of two lists only what went and what came."""
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list):
        went = [f"-{_shown(item)}" for item in before if item not in after]
        came = [f"+{_shown(item)}" for item in after if item not in before]
        return " ".join([*went, *came])
    return f"{_shown(before)} -> {_shown(after)}"


def _shown(value: Any) -> str:
    if value in (None, "", [], {}):
        return "(empty)"
    text = " ".join(str(value).split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def _counted(items: Sequence[Difference]) -> str:
    counts = {change: sum(i.change == change for i in items) for change in _VERBS}
    return ", ".join(f"{n} {change}" for change, n in counts.items() if n)


_VERBS = ("added", "removed", "changed")


def compare_dossiers(old: Dossier, new: Dossier) -> Differences:
    """What differs between two records.

    Claims are the same where their identifier and their quote are, else where they say the same
    kind of thing about the same in the same words; so a claim that was only renumbered or moved
    with its text is no difference. Findings are not compared: `check` makes them.
    """
    items = [*_battle(old, new)]
    for part in _PARTS:
        before, after = getattr(old, part), getattr(new, part)
        items += _part(part, before, after, _KEYS[part])
    if set(old.ignore) != set(new.ignore):
        change = FieldChange("ignore", sorted(old.ignore), sorted(new.ignore))
        items.append(Difference("ignore", "changed", "ignore", "rules switched off", (change,)))
    return Differences(tuple(items))


def _battle(old: Dossier, new: Dossier) -> Iterator[Difference]:
    fields = tuple(_fields(old.battle, new.battle))
    if fields:
        yield Difference("battle", "changed", "battle", new.battle.title, fields)


Key = Callable[[Any], Hashable | None]


def _quote(record: Any) -> str:
    return " ".join(record.anchor.quote.split()) if record.anchor is not None else ""


def _claim_keys() -> tuple[Key, ...]:
    return (
        lambda c: (c.id, _quote(c), c.about) if _quote(c) else None,
        lambda c: (_quote(c), c.about, c.kind, c.holders) if _quote(c) else None,
        lambda c: (_quote(c), c.about) if _quote(c) else None,
        lambda c: (c.id, _quote(c)),
        lambda c: (c.id, c.kind, c.about) if c.about else None,
    )


#: how the records of a part are recognised, the surest way first
_KEYS: dict[str, tuple[Key, ...]] = {
    "documents": (lambda d: d.id, lambda d: d.sha256 or None),
    "sources": (lambda s: s.id, lambda s: _quote(s) or None),
    "entities": (lambda e: e.id,),
    "events": (lambda e: (e.id, e.label), lambda e: e.label, lambda e: e.id),
    "claims": _claim_keys(),
    "questions": (lambda q: (q.topic, q.about, q.text), lambda q: q.id),
    "gaps": (lambda g: (g.about, g.text),),
}


def _part(
    part: str, old: Sequence[BaseModel], new: Sequence[BaseModel], keys: Sequence[Key]
) -> Iterator[Difference]:
    pairs = _pairs(old, new, keys)
    matched = set(pairs.values())
    for i, record in enumerate(old):
        if i not in pairs:
            yield Difference(part, "removed", _id(record), _label(record))
    for j, record in enumerate(new):
        if j not in matched:
            yield Difference(part, "added", _id(record), _label(record))
    for i, j in sorted(pairs.items(), key=lambda pair: pair[1]):
        fields = tuple(_fields(old[i], new[j]))
        if fields:
            yield Difference(part, "changed", _id(new[j]), _label(new[j]), fields)


def _pairs(old: Sequence[Any], new: Sequence[Any], keys: Sequence[Key]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for j, record in enumerate(new):
            name = key(record) if j not in used else None
            if name is not None:
                waiting.setdefault(name, []).append(j)
        for i, record in enumerate(old):
            name = key(record) if i not in pairs else None
            if name is not None and waiting.get(name):
                pairs[i] = waiting[name].pop(0)
                used.add(pairs[i])
    return pairs


def _fields(old: BaseModel, new: BaseModel) -> Iterator[FieldChange]:
    """Fields that differ; anchors by their quotes, identifiers and order of names not at all."""
    for name in type(new).model_fields:
        if name == "id":
            continue
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before != after:
            yield FieldChange("quote" if name == "anchor" else name, before, after)


def _plain(value: Any) -> Any:
    if isinstance(value, AnchorRecord):
        return " ".join(value.quote.split())
    if isinstance(value, BaseModel):
        # Where a name or a role stands is not what it says.
        kept = {n: _plain(getattr(value, n)) for n in type(value).model_fields if n != "anchor"}
        return {n: v for n, v in kept.items() if v not in (None, "", [], {})}
    if isinstance(value, tuple | list):
        return sorted(map(_plain, value), key=str)
    return value or None if isinstance(value, str) else value


def _id(record: Any) -> str:
    return str(record.id)


def _label(record: Any) -> str:
    for name in ("text", "label", "title", "name"):
        said = getattr(record, name, "")
        if said:
            return _shown(said)
    if isinstance(record, Claim):
        about = f"{record.about}: " if record.about else ""
        return f"{about}“{_shown(_quote(record) or record.summary)}”"
    return ""
