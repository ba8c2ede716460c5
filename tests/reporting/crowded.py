"""A report with thousands of claims: each with words of its own in a long text, and a weight."""

from __future__ import annotations

from dataclasses import replace

from tests.reporting.made_up import report_data

from inje.document import Block, Document, Run
from inje.dossier import AnchorRecord
from inje.reporting import ClaimWeight, ReportData

#: sentences of one paragraph
_SENTENCES = 6


def crowded(count: int, summary: str = "") -> ReportData:
    """The invented battle, its record lengthened by `count` claims about single companies.

    `summary` is said of each beside its company.
    """
    data = report_data()
    (some,) = [claim for claim in data.dossier.claims if claim.id == "strength"]
    text, blocks, claims = "", [], []
    for i in range(count):
        if i % _SENTENCES == 0:
            text += "\n\n" * bool(text)
            start = len(text)
            blocks.append(start)
        begins = len(text)
        text += f"Company {i} of the League lost {i % 37 + 2} men near the mill, wrote Holt. "
        quote = text[begins + text[begins:].index("lost") : begins + text[begins:].index(" near")]
        at = text.index(quote, begins)
        anchor = AnchorRecord(start=at, end=at + len(quote), quote=quote)
        named = {"id": f"c{i}", "summary": f"company {i}{summary}", "anchor": anchor}
        claims.append(some.model_copy(update=named))
    ends = [*(start - 2 for start in blocks[1:]), len(text)]
    document = Document(
        id="weir",
        title="Many companies",
        uri="weir.txt",
        media_type="text/plain",
        original=text,
        text=text,
        runs=(Run(0, 0, len(text)),),
        blocks=tuple(Block("paragraph", *span, 1) for span in zip(blocks, ends, strict=True)),
        marks=(),
    )
    record = data.dossier.model_copy(update={"claims": (*data.dossier.claims, *claims)})
    weights = tuple(
        ClaimWeight(claim.id, 0.5 + 0.05 * (i % 9), 3) for i, claim in enumerate(claims)
    )
    return replace(
        data,
        dossier=record.with_texts(document),
        documents=(document,),
        weights=(*data.weights, *weights),
    )
