"""Runs in .venv-peers: battles a second of GillesPy2's C++ solver and of a Mesa model."""

from __future__ import annotations

import json
import math
import sys
import time

import numpy as np

AB = ((0.006, 0.004, 0.002), (0.012, 0.010, 0.004), (0.020, 0.012, 0.010))
AR = ((0.006, 0.005, 0.002), (0.010, 0.010, 0.005), (0.018, 0.010, 0.010))
MB, MR = (1.0, 0.8, 0.6, 0.9), (1.0, 1.2, 0.9, 0.7)
BLUE, RED = (500, 200, 100), (300, 120, 80)
MORE = 300


def _p1():
    import gillespy2

    model = gillespy2.Model(name="p1")
    blue = gillespy2.Species(name="blue", initial_value=800, mode="discrete")
    red = gillespy2.Species(name="red", initial_value=500, mode="discrete")
    rate = gillespy2.Parameter(name="k", expression="0.01")
    model.add_species([blue, red])
    model.add_parameter(rate)
    model.add_reaction(
        gillespy2.Reaction(
            name="blue_falls",
            reactants={blue: 1},
            products={},
            propensity_function="k*red",
        )
    )
    model.add_reaction(
        gillespy2.Reaction(
            name="red_falls", reactants={red: 1}, products={}, propensity_function="k*blue"
        )
    )
    model.timespan(gillespy2.TimeSpan.linspace(t=4, num_points=2))
    return model


def _p2():
    """One reaction for each arm, and one for the help.

    SSA knows neither log-normal delays nor, in the C++ solver, steps of time or comparisons: the
    help comes after an exponential time of the same median, the postures are their mean, and
    the breakpoints, which this battle does not reach, are left out.
    """
    import gillespy2

    model = gillespy2.Model(name="p2")
    blues = [
        gillespy2.Species(name=f"B{i}", initial_value=n, mode="discrete")
        for i, n in enumerate(BLUE)
    ]
    reds = [
        gillespy2.Species(name=f"R{i}", initial_value=n, mode="discrete") for i, n in enumerate(RED)
    ]
    away = gillespy2.Species(name="A", initial_value=1, mode="discrete")
    model.add_species([*blues, *reds, away])
    model.add_parameter(gillespy2.Parameter(name="come", expression=math.log(2) / 2.0))

    def day(factors):
        return str(sum(factors) / len(factors))

    for i, each in enumerate(blues):
        fire = "+".join(f"{AB[j][i]}*R{j}" for j in range(3))
        model.add_reaction(
            gillespy2.Reaction(
                name=f"b{i}",
                reactants={each: 1},
                products={},
                propensity_function=f"({day(MR)})*({fire})",
            )
        )
    for j, each in enumerate(reds):
        fire = "+".join(f"{AR[i][j]}*B{i}" for i in range(3))
        model.add_reaction(
            gillespy2.Reaction(
                name=f"r{j}",
                reactants={each: 1},
                products={},
                propensity_function=f"({day(MB)})*({fire})",
            )
        )
    model.add_reaction(
        gillespy2.Reaction(name="help", reactants={away: 1}, products={reds[0]: MORE}, rate="come")
    )
    model.timespan(gillespy2.TimeSpan.linspace(t=4, num_points=2))
    return model


def gillespy2_rate(name: str) -> float:
    """Battles a second of the C++ SSA solver, compilation left out."""
    from gillespy2 import SSACSolver

    model = _p1() if name == "p1" else _p2()
    solver = SSACSolver(model=model)
    model.run(solver=solver, number_of_trajectories=10)
    best, battles = 0.0, 20_000 if name == "p1" else 5_000
    for _ in range(3):
        start = time.perf_counter()
        model.run(solver=solver, number_of_trajectories=battles)
        best = max(best, battles / (time.perf_counter() - start))
    return best


def mesa_rate(name: str) -> float | None:
    """Battles a second of soldiers as Mesa agents, steps of .1 day."""
    if name != "p1":
        return None
    import mesa

    class Soldier(mesa.Agent):
        def __init__(self, model, side):
            super().__init__(model)
            self.side = side

        def step(self):
            model = self.model
            enemies = model.sides[1 - self.side]
            if enemies and model.random.random() < 0.001:
                model.struck.append(enemies[model.random.randrange(len(enemies))])

    class Battle(mesa.Model):
        def __init__(self):
            super().__init__()
            self.struck = []
            self.sides = (
                [Soldier(self, 0) for _ in range(800)],
                [Soldier(self, 1) for _ in range(500)],
            )

        def step(self):
            self.struck = []
            self.agents.do("step")
            for soldier in set(self.struck):
                self.sides[soldier.side].remove(soldier)
                soldier.remove()

    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        battles = 3
        for _ in range(battles):
            model = Battle()
            for _ in range(40):
                model.step()
        best = max(best, battles / (time.perf_counter() - start))
    return best


if __name__ == "__main__":
    np.seterr(all="ignore")
    chosen = sys.argv[1]
    print(json.dumps({"gillespy2": gillespy2_rate(chosen), "mesa": mesa_rate(chosen)}))
