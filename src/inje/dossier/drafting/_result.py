"""The result as the box or the lead states it, and the side that won."""

from __future__ import annotations

import re

from inje.dossier._records import Value
from inje.dossier.drafting._desk import Desk

__all__ = ["result_claims", "result_text"]

_WON = re.compile(r"\b(?:victor(?:y|ious)|won|wins|win)\b", re.I)
_DRAW = re.compile(
    r"\b(?:inconclusive|indecisive|draw|stalemate|both sides claim|disputed|no victor)\b", re.I
)


def result_claims(desk: Desk) -> None:
    """Write a claim on the result for every row that states one."""
    for block in desk.document.blocks:
        if block.kind != "infobox" or block.label != "result":
            continue
        text = desk.words(block.start, block.end)
        side = _winner(desk, desk.document.block_text(block).strip())
        desk.claim(
            "fact",
            block.start,
            block.end,
            rule="result",
            about="winner" if side else "result",
            value=Value(best=side or text[:160]),
            summary=f"result: {text[:160]}",
            citations=desk.cited_within(block.start, block.end),
        )


def result_text(desk: Desk) -> str:
    """The first line of the result row."""
    for block in desk.document.blocks:
        if block.kind == "infobox" and block.label == "result":
            return desk.document.block_text(block).split("\n")[0].strip()
    return ""


def _winner(desk: Desk, text: str) -> str | None:
    first = text.split("\n", maxsplit=1)[0]
    if _DRAW.search(first) or not _WON.search(first):
        return None
    clause = re.split(r"[,;(]", first)[0]
    return desk.sides.named_by(clause) or desk.sides.named_by(first)
