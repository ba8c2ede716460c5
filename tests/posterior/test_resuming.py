"""A sampler that is stopped anywhere and gone on with ends in the same numbers, to the bit."""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import asdict

import numpy as np
import pytest

from inje.dossier import Claim, ObservablePath, Value
from inje.posterior import ClaimModel, Setting, Supply, Wanted, WeighedClaim, importance, pooled
from inje.posterior import _escalation as escalation
from inje.posterior._counts import COUNTS
from inje.posterior._entries import Weighed, root_of, tree_with
from inje.posterior._shards import Scale, Shard, fought_here, merged
from inje.posterior._transmission import Attestation
from inje.posterior._weights import BLOCK, WeightSums, uniforms_of
from inje.runs import opened_journal

IDENTITY = {"schema": "inje-journal/1", "run": "a test"}
PATH = "strength.red"


class Stopped(Exception):
    pass


class Model:
    """A strength, log-normal about 30; a key that decides nothing."""

    dimension, blocks = 2, 1

    def simulate(self, x, _keys):
        z = np.rint(np.exp(np.log(30) + 0.5 * x[:, 0]))
        return {PATH: np.clip(z, 1, 1000), "rate": x[:, 1]}


def worlds(start, n):
    index = np.arange(start, start + n)
    u = [uniforms_of(2 * index + i, 5) for i in range(2)]
    normal = np.sqrt(-2 * np.log(u[0])) * np.cos(2 * np.pi * u[1])
    return Model().simulate(np.stack([normal, normal], axis=1), None)


def claims(*numbers):
    setting = Setting(limit=1000, columns=frozenset({PATH}), kappa=0.0)
    found = []
    for i, n in enumerate(numbers):
        claim = Claim(id=f"c{i}", kind="report", holders=("n",), about=PATH, value=Value(best=n))
        reading = COUNTS.read(claim, ObservablePath.parse(PATH), None, setting)
        found.append(
            WeighedClaim(
                claim.id, PATH, reading, Attestation(claim.id, "n", reading.invented(None))
            )
        )
    return ClaimModel(tuple(found), {"n": "B"}, {})


def bits(result):
    """Everything that later stages read of a result, as bytes."""
    if hasattr(result, "kept"):
        kept = result.kept
        parts = [kept.index, kept.log_weight, *(kept.columns[k] for k in sorted(kept.columns))]
        parts += [result.prior[k] for k in sorted(result.prior)]
        told = repr((result.sums, result.ess, result.k_hat, result.reach, result.verdict))
    else:
        parts = [result.x, result.keys, result.log_weight, result.group]
        steps = [asdict(info) for infos in result.infos for info in infos]
        told = json.dumps([result.ess, result.log_evidence, result.evidence_error, steps])
    return b"".join(np.ascontiguousarray(part).tobytes() for part in parts) + told.encode()


def stopped_after(run, writes, output, monkeypatch):
    """Run until so many entries were written; whether it was stopped before its end."""
    with monkeypatch.context() as patched:
        patched.setattr("inje.runs._journal.EVERY", -1.0)  # every entry is due at once

        def attempt():
            with opened_journal(output, IDENTITY, resume=True) as journal:
                done, write = 0, journal.write

                def counted(name, arrays):
                    nonlocal done
                    write(name, arrays)
                    done += 1
                    if done >= writes:
                        raise Stopped

                object.__setattr__(journal, "write", counted)
                return run(journal)

        try:
            attempt()
        except Stopped:
            return True
        return False


def resumed(run, output):
    with opened_journal(output, IDENTITY, resume=True) as journal:
        assert journal.resumed
        return run(journal)


@pytest.mark.parametrize("writes", [1, 2, 5])
def test_worlds_of_the_prior_go_on_from_any_shard(writes, tmp_path, monkeypatch):
    def run(journal):
        return importance(
            worlds, claims(35, 28), ess=40_000, max_worlds=1 << 18, keep=1 << 16, journal=journal
        )

    whole = bits(run(None))
    assert stopped_after(run, writes, tmp_path / "p.nc", monkeypatch)
    assert bits(resumed(run, tmp_path / "p.nc")) == whole


@pytest.mark.parametrize("writes", [1, 9, 14])
def test_populations_go_on_from_any_step(writes, tmp_path, monkeypatch):
    def run(journal):
        return pooled(
            Model(), claims(90, 94), ess=150, particles=128, seed=4, threads=1, journal=journal
        )

    whole = bits(run(None))
    assert stopped_after(run, writes, tmp_path / "p.nc", monkeypatch)
    assert bits(resumed(run, tmp_path / "p.nc")) == whole


def test_a_run_that_is_stopped_again_and_again_arrives(tmp_path, monkeypatch):
    def run(journal):
        return pooled(Model(), claims(90), ess=200, particles=128, seed=2, journal=journal)

    whole, stops = bits(run(None)), 0
    while stopped_after(run, 3, tmp_path / "p.nc", monkeypatch):
        stops += 1
    assert stops > 2
    assert bits(run(None)) == whole


def test_what_was_weighed_for_more_patience_is_no_beginning(tmp_path, monkeypatch):
    """A run that gives up at 2^14 worlds finds 2^15 in its journal: beyond its end."""

    def run(journal, patience=1 << 14):
        return importance(
            worlds, claims(35, 28), ess=40_000, max_worlds=1 << 18, patience=patience,
            journal=journal,
        )  # fmt: skip

    assert stopped_after(lambda j: run(j, 1 << 18), 3, tmp_path / "p.nc", monkeypatch)
    assert bits(resumed(run, tmp_path / "p.nc")) == bits(run(None))


@pytest.mark.parametrize("writes", [1, 2, 3, 4])
def test_a_run_that_came_back_to_the_prior_goes_on_from_anywhere(writes, tmp_path, monkeypatch):
    """The first worlds of the prior, where others suffice not, and then more of them."""
    monkeypatch.setattr(escalation, "PATIENCE", 1 << 14)
    for name in ("scouted", "exactly"):
        monkeypatch.setattr(escalation._Ladder, name, lambda _self: None)

    def run(journal):
        wanted = Wanted(ess=30_000, max_worlds=1 << 20, threads=1, journal=journal)
        columns, found = escalation.escalated(
            claims(35, 28), Supply(worlds, {}, {}, Model()), wanted
        )
        assert found.enough
        assert found.method == "importance"
        parts = [columns[PATH], found.log_weight, found.world]
        told = repr((found.worlds, found.ess, found.sentence))
        return b"".join(part.tobytes() for part in parts) + told.encode()

    whole = run(None)
    assert stopped_after(run, writes, tmp_path / "p.nc", monkeypatch)
    assert resumed(run, tmp_path / "p.nc") == whole


def test_sums_that_stream_are_those_of_the_tree():
    blocks = [WeightSums(float(-i % 7), 1 + 0.1 * i, 1.0, BLOCK) for i in range(45)]
    for n in range(46):
        tree = tree_with(tree_with((), blocks[: n // 2]), blocks[n // 2 : n])
        assert root_of(tree) == WeightSums.tree(blocks[:n])
        assert len(tree) <= 6


def test_shards_merge_into_what_was_fought_in_one_piece():
    scale = Scale(claims(60, 200), 256, 1 << 14, 3)
    pieces = list(fought_here(worlds, scale, 2)(0, 10 * BLOCK, lambda: -np.inf))
    assert len(pieces) == 3
    whole = merged(pieces)
    found = Weighed.nothing(256)
    for piece in pieces:
        found += piece
    assert (whole.start, whole.stop, found.done) == (0, 10 * BLOCK, 10 * BLOCK)
    assert found.kept.log_weight.tobytes() == whole.kept.log_weight.tobytes()
    again = Weighed.of(found.entry())
    assert root_of(again.sums) == WeightSums.tree(whole.sums)
    assert again.kept.index.tobytes() == found.kept.index.tobytes()
    assert again.first[PATH].tobytes() == whole.first[PATH].tobytes()
    assert again.first[PATH].size == 1 << 14
    assert isinstance(whole, Shard)


class Loses:
    """An executor that loses every other shard, as a cluster does whose workers die."""

    def __init__(self):
        self.dealt = 0

    def submit(self, function, *task):
        self.dealt += 1
        future = Future()
        if self.dealt % 2:
            future.set_exception(OSError("the worker is gone"))
        else:
            future.set_result(function(*task))
        return future


def test_an_executor_that_loses_shards_changes_no_bit():
    from inje.runs import in_order

    model = claims(35, 28)
    executor = Loses()

    def deal(scale):
        def shards(start, stop, floor):
            tasks = ((at, min(at + 3 * BLOCK, stop)) for at in range(start, stop, 3 * BLOCK))
            yield from in_order(
                executor,
                lambda low, high: scale.shard(worlds(low, high - low), low, floor()),
                tasks,
            )

        return shards

    wanted = {"ess": 40_000, "max_worlds": 1 << 18, "keep": 1 << 16}
    assert bits(importance(worlds, model, deal=deal, **wanted)) == bits(
        importance(worlds, model, threads=2, **wanted)
    )
    assert executor.dealt > 4
