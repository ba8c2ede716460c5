"""The verbs of the package, each called twice: no module may hide the verb of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

import inje

NOUNS = ("Document", "Dossier", "Scenario", "Ensemble", "Posterior", "Report")


@pytest.fixture(scope="module")
def stages(root: Path) -> dict[str, object]:
    """Every stage of the example, by two calls of every verb."""
    article = root / "examples" / "inje-1946" / "article.md"

    def twice(verb: str, *given: object, **options: object) -> object:
        first = getattr(inje, verb)(*given, **options)
        second = getattr(inje, verb)(*given, **options)
        assert type(first) is type(second)
        return second

    document = twice("read", article)
    dossier = twice("extract", document)
    scenario = twice("model", dossier)
    ensemble = twice("simulate", scenario, worlds=256, seed=1)
    posterior = twice("condition", scenario, seed=1, ess=100, max_worlds=1 << 14)
    report = twice("report", posterior)
    return {
        "Document": document,
        "Dossier": dossier,
        "Scenario": scenario,
        "Ensemble": ensemble,
        "Posterior": posterior,
        "Report": report,
        "findings": twice("check", dossier),
    }


@pytest.mark.parametrize("noun", NOUNS)
def test_every_verb_makes_its_noun_twice(noun: str, stages: dict[str, object]) -> None:
    assert isinstance(stages[noun], getattr(inje, noun))


def test_every_exported_verb_is_tried_here() -> None:
    tried = {"read", "extract", "check", "model", "simulate", "condition", "report"}
    verbs = {name for name in inje.__all__ if name[0].islower()}
    assert verbs <= tried | {"compare", "what_if", "seek", "replay", "calibrate"}
    assert tried <= verbs


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_is_frozen(noun: str, stages: dict[str, object]) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError)):
        stages[noun].title = "another"  # pyright: ignore[reportAttributeAccessIssue]


def test_the_same_seed_gives_the_same_bytes(stages: dict[str, object]) -> None:
    again = inje.simulate(stages["Scenario"], worlds=256, seed=1, threads=1)
    other = inje.simulate(stages["Scenario"], worlds=256, seed=2, threads=1)
    same = {path: column.tobytes() for path, column in again.columns.items()}
    first = stages["Ensemble"]
    assert same == {path: column.tobytes() for path, column in first.columns.items()}
    assert same != {path: column.tobytes() for path, column in other.columns.items()}
