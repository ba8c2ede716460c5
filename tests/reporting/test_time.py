"""The report of the seed is there within three seconds after its posterior."""

from __future__ import annotations

import subprocess
import sys

import pytest

from inje.reporting import Plan, reconstruct_battle

#: a process of its own, so that imports and templates count; prints seconds of the processor
FIRST = """
import sys, time
from inje.posterior import load_posterior
posterior = load_posterior(sys.argv[1])
start = time.process_time()
import inje
inje.report(posterior).save(sys.argv[2])
print(time.process_time() - start)
"""


@pytest.mark.slow
def test_the_first_report_of_a_process_takes_under_three_seconds(shared, tmp_path):
    article = str(shared / "seed" / "inje-qalaburun.txt")
    made = reconstruct_battle(article, tmp_path / "out", Plan(threads=1))
    report = tmp_path / "report.html"
    command = [sys.executable, "-c", FIRST, str(made.files["posterior"]), str(report)]
    taken = [
        float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(4)
    ]
    print(f"first report of a process: {min(taken):.2f} s of processor time")
    assert min(taken) < 3
    assert report.stat().st_size > 300_000
