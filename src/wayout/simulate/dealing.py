"""What each replication is dealt, from (seed, replication, kind) alone.

Each kind of disruption has a stream of random numbers of its own (Philox, seeded by NumPy's
``SeedSequence``): switching one off leaves what the others do as it was, whoever computes it and
in whatever order. Such *common random numbers* make differences between runs far less noisy than
the runs themselves (Law, Simulation Modeling and Analysis, 5th ed., section 11.2).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.scenario.links import Mode
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Target
from wayout.simulate.disruptions import Disruptions, Kind
from wayout.simulate.engine import tables as t
from wayout.simulate.engine.fresh import MOST_CLOSURES, Dealt
from wayout.simulate.engine.tables import Int
from wayout.simulate.giving import targets_of
from wayout.simulate.model import Model

STREAMS = {kind: number for number, kind in enumerate(Kind)}
THINNING = len(STREAMS)
"""Stream that says who is left out first when loads are made lighter."""

EPISODE = 16
"""Streams that each further plan of a replication adds."""

OF_MOVEMENTS = (Kind.BREAKDOWN, Kind.LONGER_TURN, Kind.LATE_WAY)
LONGEST = 1_000_000
ATTACKED = (PlaceKind.GATE, PlaceKind.AIRFIELD, PlaceKind.PORT, PlaceKind.STATION)

Closure = tuple[int, int, int, float]


def stream(seed: int, replication: int, number: int) -> np.random.Generator:
    """The random numbers of one kind of disruption in one replication."""
    sequence = np.random.SeedSequence(seed, spawn_key=(replication, number))
    return np.random.Generator(np.random.Philox(sequence))


def _minutes(amount: NDArray[np.float64]) -> Int:
    """Whole minutes, rounded up."""
    return np.ceil(np.minimum(amount, LONGEST)).astype(np.int64)


def _sometimes(
    rng: np.random.Generator, chance: NDArray[np.float64], mean: NDArray[np.float64]
) -> Int:
    """For each, with its chance, an exponential number of minutes with its mean; else 0."""
    happens = rng.random(len(chance)) < chance
    return np.where(happens, _minutes(rng.exponential(size=len(mean)) * mean), 0)


def _modes(model: Model) -> list[Mode]:
    """Mode of each movement."""
    links = [link.mode for link in model.scenario.links]
    return [links[link] for link in model.move[:, t.LINK].tolist()]


def _figure(model: Model, disruptions: Disruptions, name: str) -> NDArray[np.float64]:
    """A figure by mode as a column over the movements; 0 for a mode that has none."""
    kind, _, what = name.partition(".")
    by_mode = {}
    for mode in Mode:
        try:
            by_mode[mode] = disruptions[f"{kind}.{mode}.{what}"]
        except KeyError:
            by_mode[mode] = 0.0
    return np.array([by_mode[mode] for mode in _modes(model)])


class Dealer:
    """Deals replications of one model under one set of figures.

    ``episode`` counts the plans of a replication: movements of a later plan are dealt anew, while
    who comes and what is closed stays.
    """

    def __init__(self, model: Model, disruptions: Disruptions, seed: int, episode: int = 0) -> None:
        self.model, self.disruptions, self.seed, self.episode = model, disruptions, seed, episode
        self._rows = {target: row for row, target in enumerate(targets_of(model.scenario))}
        self._last = model.begin.factor.shape[1]
        self._rides = model.move[:, t.VEHICLE] != t.NONE
        self._ground = self._ground_minutes()
        self._columns = {
            name: _figure(model, disruptions, name)
            for name in (
                "breakdown.chance",
                "breakdown.mean_hours",
                "late_way.chance",
                "late_way.mean_share",
            )
        }

    def _ground_minutes(self) -> NDArray[np.float64]:
        types = {vehicle.type: vehicle for vehicle in self.model.scenario.vehicles}
        ground = [float(types[f.type].ground_minutes) for f in self.model.scenario.fleets]
        return np.array([*ground, 0.0])[self.model.move[:, t.FLEET]]

    def deal(self, replication: int, lighter: float = 0.0) -> Dealt:
        """What a replication is dealt; of the parties a share ``lighter`` is left out."""
        closures = sorted(self._closures(replication))[:MOST_CLOSURES]
        return Dealt(
            turn=self._turns(replication),
            repair=self._repairs(replication),
            way=self._ways(replication),
            absent=self._absent(replication, lighter),
            walk_in=self._chosen(replication, Kind.WALK_IN, self.disruptions["walk_in.chance"]),
            closure=np.array([row[:3] for row in closures], dtype=np.int64).reshape(-1, 3),
            closure_factor=np.array([row[3] for row in closures], dtype=np.float64),
        )

    def _stream(self, replication: int, kind: Kind) -> np.random.Generator:
        later = self.episode * EPISODE if kind in OF_MOVEMENTS else 0
        return stream(self.seed, replication, STREAMS[kind] + later)

    def _on(self, kind: Kind) -> bool:
        return kind not in self.disruptions.off

    def _turns(self, replication: int) -> Int:
        if not self._on(Kind.LONGER_TURN):
            return np.zeros(len(self.model.move), dtype=np.int64)
        chance = np.where(self._rides, self.disruptions["longer_turn.chance"], 0.0)
        mean = self.disruptions["longer_turn.mean_share"] * self._ground
        return _sometimes(self._stream(replication, Kind.LONGER_TURN), chance, mean)

    def _repairs(self, replication: int) -> Int:
        if not self._on(Kind.BREAKDOWN):
            return np.zeros(len(self.model.move), dtype=np.int64)
        chance = np.where(self._rides, self._columns["breakdown.chance"], 0.0)
        mean = self._columns["breakdown.mean_hours"] * MINUTES_PER_HOUR
        return _sometimes(self._stream(replication, Kind.BREAKDOWN), chance, mean)

    def _ways(self, replication: int) -> Int:
        if not self._on(Kind.LATE_WAY):
            return np.zeros(len(self.model.move), dtype=np.int64)
        mean = self._columns["late_way.mean_share"] * self.model.move[:, t.TRAVEL]
        rng = self._stream(replication, Kind.LATE_WAY)
        return _sometimes(rng, self._columns["late_way.chance"], mean)

    def _chosen(self, replication: int, kind: Kind, chance: float) -> NDArray[np.bool_]:
        num = len(self.model.party)
        if not self._on(kind):
            return np.zeros(num, dtype=np.bool_)
        return self._stream(replication, kind).random(num) < chance

    def _absent(self, replication: int, lighter: float) -> NDArray[np.bool_]:
        absent = self._chosen(replication, Kind.NO_SHOW, self.disruptions["no_show.chance"])
        if lighter > 0:
            absent |= stream(self.seed, replication, THINNING).random(len(absent)) < lighter
        return absent

    def _closures(self, replication: int) -> Iterator[Closure]:
        if self._on(Kind.CLOSURE):
            yield from self._hazards(replication)
        if self._on(Kind.WEATHER):
            yield from self._weather(replication)
        if self._on(Kind.ATTACK):
            yield from self._attacks(replication)

    def _hazards(self, replication: int) -> Iterator[Closure]:
        """From the minute at which it happens until its end a hazard's target works at its factor.

        It happens at its rate per day, between its begin and its end.
        """
        rng = self._stream(replication, Kind.CLOSURE)
        for hazard in self.model.scenario.hazards:
            wait = rng.exponential()
            rate = self.disruptions.rate_of(hazard.hazard, hazard.per_day)
            row = self._rows.get((hazard.kind, hazard.what))
            end = self._last if hazard.ends is None else min(hazard.ends, self._last)
            if rate <= 0 or row is None:
                continue
            begin = max(hazard.begins, 0) + int(min(wait / rate, LONGEST) * MINUTES_PER_DAY)
            if begin < end:
                yield begin, end, row, hazard.factor

    def _times(self, rng: np.random.Generator, per_day: float) -> list[int]:
        """Minutes of a Poisson process over the plan's time."""
        days = self._last / MINUTES_PER_DAY
        num = int(rng.poisson(per_day * days))
        return sorted((rng.random(num) * self._last).astype(np.int64).tolist())

    def _weather(self, replication: int) -> Iterator[Closure]:
        """Spells by place and mode, over all berths of the mode there."""
        rng, scenario = self._stream(replication, Kind.WEATHER), self.model.scenario
        there = {(b.place, b.mode): None for b in scenario.berths}
        for place, mode in there:
            if mode not in (Mode.AIR, Mode.SEA):
                continue
            times = self._times(rng, self.disruptions[f"weather.{mode}.per_day"])
            mean = self.disruptions[f"weather.{mode}.mean_hours"] * MINUTES_PER_HOUR
            lengths = _minutes(rng.exponential(size=len(times)) * mean).tolist()
            factor = self.disruptions[f"weather.{mode}.factor"]
            for begin, length in zip(times, lengths, strict=True):
                for berth in scenario.berths:
                    if (berth.place, berth.mode) == (place, mode):
                        yield self._closure(begin, length, (Target.BERTH, berth.berth), factor)

    def _attacks(self, replication: int) -> Iterator[Closure]:
        """The place and its berths are shut, then the place lets fewer through."""
        rng, scenario = self._stream(replication, Kind.ATTACK), self.model.scenario
        shut = round(self.disruptions["attack.shut_hours"] * MINUTES_PER_HOUR)
        after = round(self.disruptions["attack.after_hours"] * MINUTES_PER_HOUR)
        for place in scenario.places:
            if place.kind not in ATTACKED:
                continue
            berths = [(Target.BERTH, b.berth) for b in scenario.berths if b.place == place.place]
            target = (Target.PLACE, place.place)
            for begin in self._times(rng, self.disruptions["attack.per_day"]):
                for closed in (target, *berths):
                    yield self._closure(begin, shut, closed, 0.0)
                factor = self.disruptions["attack.after_factor"]
                yield self._closure(begin + shut, after, target, factor)

    def _closure(self, begin: int, length: int, target: tuple[Target, str], at: float) -> Closure:
        begin = min(begin, self._last)
        return begin, min(begin + length, self._last), self._rows[target], at
