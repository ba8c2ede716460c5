"""Where to dig: which evidence not yet found would tell most about a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inje.answers._information import expected_information
from inje.answers._leads import documents_of
from inje.answers._witness import Cells, Witness, cells_of, told
from inje.errors import OptionError
from inje.posterior import Posterior, headline_figures
from inje.tables import give_or_take, in_markdown, shown

__all__ = ["Lead", "Search", "seek_evidence"]

#: fewer effective worlds than this cannot say what evidence would tell
FEWEST = 200


@dataclass(frozen=True)
class Lead:
    """A piece of evidence, if found.

    Attributes
    ----------
    name : observable path it would speak of. label : the document in words.
    bits, error : expected information about the target, with Monte-Carlo error.
    decibel, decibel_error : expected dB in favour of the true answer, with its error.
    each, each_errors : the same where each answer is the true one, by answer; empty for numbers.
    worth : bits times the chance that it exists (`assumed`).
    tells : what it would tell, in words. share : of what is open, that it would be expected to
        close; share_error, its Monte-Carlo error.
    """

    name: str
    label: str
    bits: float
    error: float
    decibel: float
    worth: float
    tells: str = ""
    share: float = 0.0
    decibel_error: float = 0.0
    each: Mapping[str, float] = field(default_factory=dict)
    share_error: float = 0.0
    each_errors: Mapping[str, float] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What to look for, and why, as one would say it."""
        if self.bits <= 2 * self.error:
            return f"{self.label[:1].upper()}{self.label[1:]} would hardly tell anything."
        percent = 100 * self.share
        error = give_or_take(self.share_error, 100)
        much = f"{percent:.0f} %{error}" if percent >= 1 else "under 1 %"
        return (
            f"Look for {self.label}: it would tell {self.tells}, and on average close {much} of "
            f"the question ({self.decibel:.1f} dB{give_or_take(self.decibel_error)} for the true "
            "answer)."
        )


@dataclass(frozen=True)
class Search:
    """Leads about a target, the most telling first.

    Attributes
    ----------
    target, question : its path, and what it asks in words.
    entropy, entropy_error : how uncertain it is now, in bits, with its error.
    witness : who would have written what is sought.
    refused : why there are no leads; empty where there are.
    others : other targets that could be asked about, and what each asks in words.
    """

    target: str
    entropy: float
    leads: tuple[Lead, ...]
    witness: Witness
    refused: str = ""
    question: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    entropy_error: float = 0.0

    def _repr_html_(self) -> str:
        rows = ((lead.label, f"{lead.bits:.3f} ± {lead.error:.3f}") for lead in self.leads)
        open_ = f"{self.entropy:.2f}{give_or_take(self.entropy_error)} bits are open."
        title = f"Where to dig: {self.question or self.target}"
        return shown(title, (self.refused or open_,), ("what to look for", "bits"), rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def seek_evidence(
    posterior: Posterior, target: str = "", *, witness: Witness | None = None
) -> Search:
    """Rank evidence that the record lacks by what it would be expected to tell.

    Parameters
    ----------
    posterior : weighted worlds.
    target : a path of a cause or an outcome; empty: the accounts, or else the first disputed
        cause, or else the winner.
    witness : who would have written it (default: B, exists with probability 1/2, `assumed`).

    Returns
    -------
    Search; with under 200 effective worlds it has no leads and says why.

    Raises
    ------
    OptionError : worlds have no such column.
    """
    witness = witness or Witness()
    askable = _askable(posterior)
    target = target or next(iter(askable), "winner")
    if target not in posterior.draws:
        raise OptionError(
            "target", f"{target!r} is no outcome of these worlds",
            ", ".join(sorted(posterior.draws)), "name one",
        )  # fmt: skip
    question = _question(target, posterior)
    others = {name: _question(name, posterior) for name in askable if name != target}
    aim = _cells(posterior, target)
    if posterior.diagnostics.ess < FEWEST:
        why = f"{posterior.diagnostics.ess:.0f} effective worlds are fewer than {FEWEST}"
        return Search(target, 0.0, (), witness, why, question, others)
    (entropy, error), leads = _leads(posterior, target, aim, witness)
    return Search(
        target, entropy, leads, witness, question=question, others=others, entropy_error=error
    )


def _leads(
    posterior: Posterior, target: str, aim: Cells, witness: Witness
) -> tuple[tuple[float, float], tuple[Lead, ...]]:
    """How many bits are open, with error; the best lead of every document, the best first."""
    known = {claim.about.partition("@")[0] for claim in posterior.claims.claims}
    best: dict[str, Lead] = {}
    entropy, spread = 0.0, 0.0
    answers = posterior.labels.get(target, ())
    for document in documents_of(posterior, target, known):
        cells = _cells(posterior, document.name)
        if cells.centres.size < 2:
            continue
        found = expected_information(
            cells.index, aim.index, posterior.weights, told(cells, witness), posterior.group
        )
        entropy, spread = found.entropy, found.entropy_error
        lead = Lead(
            document.name,
            document.label,
            found.bits,
            found.error,
            found.decibel,
            found.bits * witness.exists,
            document.tells,
            found.share,
            found.decibel_error,
            _by_answer(answers, aim, found.each),
            found.share_error,
            _by_answer(answers, aim, found.each_errors),
        )
        if document.group not in best or lead.bits > best[document.group].bits:
            best[document.group] = lead
    return (entropy, spread), tuple(sorted(best.values(), key=lambda lead: -lead.bits))


def _by_answer(answers: Sequence[str], aim: Cells, each: Sequence[float]) -> dict[str, float]:
    """Figures by the answer that each category of the target stands for."""
    if aim.kind != "category":
        return {}
    codes = aim.centres.astype(int).tolist()
    return {
        answers[code] if 0 <= code < len(answers) else "none": value
        for code, value in zip(codes, each, strict=True)
    }


def _askable(posterior: Posterior) -> list[str]:
    """What is worth asking about, the first by default."""
    causes = ("account", *posterior.scenario.causes, "winner")
    figures = (name for name in headline_figures(posterior) if name.startswith("losses"))
    return [name for name in (*causes, *figures) if name in posterior.draws]


def _cells(posterior: Posterior, name: str) -> Cells:
    values = np.asarray(posterior.draws[name], dtype=float)
    if name in posterior.labels:
        kind = "category"
    else:
        times = ("arrival", "report", "order", "breaking_off", "start", "end", "duration")
        kind = "time" if name.partition(".")[0] in times else "count"
    return cells_of(values, posterior.weights, kind)


def _question(target: str, posterior: Posterior) -> str:
    """The target as a question."""
    asked = {
        "account": "which account is true", "attacker": "who attacked",
        "instigator": "who was behind it", "winner": "who won",
    }  # fmt: skip
    if target in asked:
        return asked[target]
    documents = documents_of(posterior, "", ())
    return next((each.tells for each in documents if each.name == target), target)
