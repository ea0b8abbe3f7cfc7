"""A simulation as the one object of ``--json`` and of ``what-if/simulate.json``."""

import dataclasses
import math
from typing import Any

from wayout.simulate.disruptions import FIGURES, RATE_OF, WORDS, Disruptions, Figure
from wayout.simulate.outcome import Outcome
from wayout.simulate.statistics import CONFIDENCE, Chance, Mean
from wayout.simulate.study import Effect, Margin, Study


def _chance(found: Chance) -> dict[str, float]:
    return dataclasses.asdict(found)


def _mean(found: Mean) -> dict[str, float | None]:
    """JSON has no word for infinite: an interval of one replication has no ends."""
    values = dataclasses.asdict(found)
    return {name: value if math.isfinite(value) else None for name, value in values.items()}


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "kind": str(effect.kind),
        "words": WORDS[effect.kind],
        "left_behind": _mean(effect.left_behind),
        "danger_hours_per_1000": _mean(effect.danger_hours),
    }


def _margin(margin: Margin) -> dict[str, Any]:
    steps = [{"share": share, "chance": _chance(found)} for share, found in margin.tried]
    return {"share": margin.share, "tried": steps}


def _intervals(found: tuple[Mean, ...]) -> dict[str, dict[str, float | None]]:
    """Percentiles with their intervals by name."""
    return {name: _mean(one) for name, one in zip(("p05", "p50", "p95"), found, strict=True)}


def replication_of(outcome: Outcome) -> dict[str, Any]:
    """One replication as a row."""
    names = (
        "replication",
        "came",
        "safe",
        "lost",
        "danger_hours",
        "walk_ins",
        "walk_ins_safe",
        "missed",
        "movements",
        "cancelled",
        "minutes_late",
        "clear_minute",
        "digest",
    )
    return {name: getattr(outcome, name) for name in names}


def figures_of(disruptions: Disruptions) -> list[dict[str, Any]]:
    """Every figure that held, with its source; those given by the user say so."""
    rows = [_figure(name, figure, disruptions) for name, figure in FIGURES.items()]
    rates = [name for name in disruptions.given if name.startswith(RATE_OF)]
    given = "given for this simulation"
    return rows + [
        {"figure": name, "value": disruptions.given[name], "source": given} for name in rates
    ]


def _figure(name: str, figure: Figure, disruptions: Disruptions) -> dict[str, Any]:
    source = "given for this simulation" if name in disruptions.given else figure.source
    return {"figure": name, "value": disruptions[name], "source": source}


def document_of(study: Study, disruptions: Disruptions) -> dict[str, Any]:
    """The study under the names that other programs rely on; every figure is an estimate."""
    return {
        "replications": len(study.outcomes),
        "policy": study.policy,
        "seed": study.seed,
        "confidence": CONFIDENCE,
        "people_total": study.people_total,
        "people_planned": study.people_planned,
        "people_safe": dataclasses.asdict(study.people_safe),
        "danger_hours": dataclasses.asdict(study.danger_hours),
        "all_out_probability": _chance(study.all_out),
        "plan_kept_probability": _chance(study.kept),
        "people_safe_intervals": _intervals(study.percentiles("safe")),
        "danger_hours_intervals": _intervals(study.percentiles("danger_hours")),
        "means": {
            name: _mean(study.mean(name))
            for name in ("came", "missed", "cancelled", "minutes_late", "walk_ins", "walk_ins_safe")
        },
        "effects": [_effect(effect) for effect in study.effects],
        "load_margin": None if study.margin is None else _margin(study.margin),
        "people_safe_by_hour": [dataclasses.asdict(point) for point in study.curve],
        "off": sorted(str(kind) for kind in disruptions.off),
        "figures": figures_of(disruptions),
        "outcomes": [replication_of(outcome) for outcome in study.outcomes],
        "seconds": round(study.seconds, 3),
    }
