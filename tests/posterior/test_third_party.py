"""A kind of claim from another distribution: a quantity of its own, weighed like any other."""

from __future__ import annotations

import subprocess
import sys
import textwrap

MODULE = """
import numpy as np
from dataclasses import dataclass

@dataclass(frozen=True)
class Wet:
    said: bool
    columns: tuple = ("duration",)
    peak: float = 1.0
    def tracking(self, worlds, width=0.0):
        # Rain, says this kind, makes battles long.
        long = np.asarray(worlds["duration"]) > 1.0
        return np.where(long == self.said, 0.9, 0.1)
    def invented(self, interest):
        return 0.5
    def repeats(self, other):
        return self == other

class Weather:
    quantities = frozenset({"weather"})
    def read(self, claim, path, interest, setting):
        return Wet(claim.value.best == "rain")

KIND = Weather()
"""
RUN = """
from dataclasses import replace
import inje
from inje.dossier import ObservablePath, load_dossier, save_dossier
from tests.posterior.duels import fixed, lost, rate, two_counts
from inje.dossier import Claim, Value

assert ObservablePath.parse("weather.hill").quantity == "weather"
told = Claim(id="w", kind="report", holders=("log-red",), about="weather.hill",
             value=Value(best="rain"))
people, rates = (fixed(12), fixed(9)), (rate(0.5), rate(0.5))
scenario = two_counts([lost("red", 1, 2), told], people, rates, 3)
dry = two_counts([lost("red", 1, 2)], people, rates, 3)
own = told.model_copy(update={"holders": ("narrator",), "about": "weather"})
update = {"claims": (own,), "sources": ()}
save_dossier(scenario.dossier.model_copy(update=update), "dossier.yaml")
assert any(c.about == "weather" for c in load_dossier("dossier.yaml").claims)
with_rain, without = (inje.condition(s, seed=1, ess=500, threads=1) for s in (scenario, dry))
long, before = (p.weights @ (p.draws["duration"] > 1.0) for p in (with_rain, without))
print(long, before)
assert long > before + 0.05, (long, before)
"""


def test_a_claim_about_a_quantity_of_a_third_party_is_read_kept_and_weighed(tmp_path, request):
    (tmp_path / "acme_weather.py").write_text(MODULE)
    info = tmp_path / "acme_weather-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-weather\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[inje.claims]\nweather = acme_weather:KIND\n")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(request.config.rootpath)!r}]"
    done = subprocess.run(
        [sys.executable, "-c", code + textwrap.dedent(RUN)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_without_it_the_quantity_is_refused():
    code = "from inje.dossier import ObservablePath; ObservablePath.parse('weather.hill')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "unknown quantity 'weather'" in done.stderr
