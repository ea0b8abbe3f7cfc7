"""The part of ``docs/benchmarks.md`` about what one would use instead."""

from benchmarks.peers.compare import OURS, SCENARIOS, Outcome, contestants, key_of

HEAD = """
## Against what one would use instead

Same scenario, same seconds, same judge: each contestant plans in a process of its own and writes
a [plan folder](reference/plan-folder.md); `wayout verify` says whether the plan can be carried out
and what it is worth. `scripts/bench --date DATE --peers --seconds 600` runs this part. *Used* is
what of its seconds it took; CPU counts the whole process. Gaps are distances from the best that
Wayout has certified: of people, as a share of that bound; of danger-hours, as a share of what can
be gained over nobody moving. In the pictures the line of danger-hours has a logarithmic axis. The
peers, in [`benchmarks/peers`](../benchmarks/peers):

- **first-come**: first come, first served, as an operations room does it by hand; missions there
  and back are booked together so that spots are not blocked.
- **highs-60, highs-10, cp-sat-60, cp-sat-10**: the direct time-expanded integer model (vehicles and
  people by class on every leg at every grid point) in HiGHS and in CP-SAT, on a grid of 60 or 10
  minutes, two threads; the flow is decoded into single vehicles and whole parties.
- **ccrp**: capacity-constrained route planner (Lu, George and Shekhar 2005), for roads only.
- **min-cost-flow**: OR-Tools' min-cost flow on the time-expanded network; the exact optimum if
  parties could be split, then followed with whole parties. For roads only.

*river-plain* is a made-up world of 70,000 people, 28 roads and no vehicle, after what is published
of the Hawkesbury-Nepean valley; [`benchmarks/peers/road.py`](../benchmarks/peers/road.py) has it.
"""
COLUMNS = (
    "contestant",
    "people safe",
    "gap people",
    "danger-hours",
    "gap danger",
    "movements",
    "used",
    "CPU",
    "peak",
    "",
)


def section(outcomes: dict[str, Outcome]) -> str:
    """The whole part; empty while nothing was measured."""
    parts = [_scenario(scenario, outcomes) for scenario in SCENARIOS]
    found = [part for part in parts if part]
    return "".join([HEAD, *found]) if found else ""


def _scenario(scenario: str, outcomes: dict[str, Outcome]) -> str:
    keys = [key_of(scenario, peer) for peer in contestants(scenario)]
    rows = [outcomes[key] for key in keys if key in outcomes]
    if not rows:
        return ""
    ours = outcomes.get(key_of(scenario, OURS))
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(_row(row, ours) for row in rows)]
    table = "".join("| " + " | ".join(cells) + " |\n" for cells in lines)
    picture = ""
    if ours is not None and ours.curve:
        words = f"Value and bound over time on {scenario}, and what the peers reached"
        picture = f"\n![{words}](images/peers-{scenario}.svg)\n"
    flow = next((row.optimum for row in rows if row.optimum is not None), None)
    exact = "" if flow is None else f"\n{_check(flow, ours)}\n"
    return f"\n### {scenario}, {rows[0].seconds:g} s\n\n{table}{picture}{exact}"


def _check(flow: float, ours: Outcome | None) -> str:
    """What the exact flow says about our bound."""
    text = f"With parties split, no plan has less than {flow:,.0f} danger-hours: the exact flow."
    if ours is None or ours.danger_bound is None:
        return text
    below = ours.danger_bound <= flow * (1 + 1e-9)
    holds = "is below it, as it must be" if below else "**is above it: an error**"
    return f"{text} The certified bound, {ours.danger_bound:,.0f}, {holds}."


def _row(row: Outcome, ours: Outcome | None) -> tuple[str, ...]:
    made = row.people_safe is not None
    return (
        f"**{row.peer}**" if row.peer == OURS else row.peer,
        f"{row.people_safe:,}" if made else "no plan",
        _share(_gap_people(row, ours)),
        f"{row.danger_hours:,.0f}" if row.danger_hours is not None else "–",
        _share(_gap_danger(row, ours)),
        f"{row.movements:,}" if row.movements is not None else "–",
        f"{row.used:.0f} s",
        f"{row.cpu:.0f} s",
        f"{row.peak:.1f} GB",
        row.note,
    )


def _gap_people(row: Outcome, ours: Outcome | None) -> float | None:
    bound = None if ours is None else ours.people_bound
    if bound is None or row.people_safe is None or bound <= 0:
        return None
    return max(0.0, 1 - row.people_safe / bound)


def _gap_danger(row: Outcome, ours: Outcome | None) -> float | None:
    if ours is None or ours.danger_bound is None or row.danger_hours is None:
        return None
    if row.danger_idle is None or row.danger_idle <= ours.danger_bound:
        return None
    return max(0.0, (row.danger_hours - ours.danger_bound) / (row.danger_idle - ours.danger_bound))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"
