"""Cost by size: the first plan of made-up operations that differ only in how many people there are.

    python -m benchmarks.scale --people 1000000

Each size is a run of ``wayout plan --work 0`` (bound, first timetables, judge, report) and one of
``wayout verify``, measured from outside in CPU seconds, as wall time depends on what else the
machine does. Results go to ``benchmarks/scale.json``, one entry a size, and are drawn in
``docs/images/cost-by-size.svg``; the page of ``scripts/bench`` shows them.
"""

import argparse
import json
import math
import tempfile
from pathlib import Path

from benchmarks.measure import run

RESULTS = Path(__file__).with_name("scale.json")
IMAGE = Path(__file__).parents[1] / "docs" / "images" / "cost-by-size.svg"
PLACES, DAYS = 500, 30
WIDTH, HEIGHT, EDGE = 640, 400, 60

Sizes = dict[str, dict[str, float]]


def measure(people: int, *, tight: bool, folder: Path) -> dict[str, float]:
    """Make up an operation of a size, plan it once, verify the plan."""
    scenario, plan = folder / "scenario", folder / "plan"
    numbers = {"people": people, "places": PLACES, "days": DAYS}
    options = [word for name, value in numbers.items() for word in (f"--{name}", str(value))]
    run("sample", *options, *(("--tight",) if tight else ()), "-o", str(scenario))
    done = run("plan", str(scenario), "--output", str(plan), "--work", "0", "--json", "--quiet")
    figures = json.loads(done.out)
    verdict = run("verify", str(plan), "--json", codes=(0, 1))
    return {
        "people_safe": figures["people_safe_by_deadline"],
        "gap_people": figures["gap_people"],
        "gap_danger": figures["gap_danger"],
        "movements": figures["movements"],
        "plan_cpu": done.cpu,
        "plan_peak": done.peak,
        "verify_cpu": verdict.cpu,
        "accepted": float(json.loads(verdict.out)["accepted"]),
    }


def section(sizes: Sizes) -> str:
    """What the page of benchmarks says about size."""
    header = ("people", "people safe", "gap people", "gap danger", "movements", "plan", "peak")
    cells = [(*header, "verify"), ("---",) * 8]
    for key, found in sorted(sizes.items(), key=lambda item: _size(item[0])):
        cells.append(
            (
                f"{_size(key):,}{' tight' if key.endswith('tight') else ''}",
                f"{found['people_safe']:,.0f}",
                f"{found['gap_people']:.2%}",
                f"{found['gap_danger']:.2%}",
                f"{found['movements']:,.0f}",
                f"{found['plan_cpu']:.0f} s CPU",
                f"{found['plan_peak']:.1f} GB",
                f"{found['verify_cpu']:.0f} s CPU",
            )
        )
    table = "".join(f"| {' | '.join(row)} |\n" for row in cells)
    return (
        f"\n## Cost by size\n\nThe first plan of `wayout sample --places {PLACES} --days {DAYS}` "
        "by number of people, without improvement (`wayout plan --work 0`); "
        "`python -m benchmarks.scale` measures it.\n\n"
        f"{table}\n![CPU seconds by number of people](images/cost-by-size.svg)\n"
    )


def _size(key: str) -> int:
    return int(key.removesuffix("-tight"))


def drawn(sizes: Sizes) -> str:
    """CPU seconds of planning and verifying by number of people, both axes logarithmic."""
    plain = sorted((_size(key), found) for key, found in sizes.items() if "tight" not in key)
    seconds = [found[name] for _, found in plain for name in ("plan_cpu", "verify_cpu")]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    left, right = math.log10(plain[0][0]), math.log10(plain[-1][0])

    def at(people: float, cpu: float) -> tuple[float, float]:
        across = (math.log10(people) - left) / max(1e-9, right - left)
        up = (math.log10(cpu) - low) / (high - low)
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        across, up = at(plain[0][0], 10.0**power)
        parts.append(f'<path d="M{across:.0f} {up:.0f}H{WIDTH - EDGE}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{EDGE - 8}" y="{up + 4:.0f}" text-anchor="end">{10**power} s</text>'
        )
    for people, _ in plain:
        across, up = at(people, 10.0**low)
        parts.append(
            f'<text x="{across:.0f}" y="{up + 22:.0f}" text-anchor="middle">{people:,}</text>'
        )
    for name, label, colour in (
        ("plan_cpu", "plan", "#1f5fa8"),
        ("verify_cpu", "verify", "#b8560f"),
    ):
        points = [at(people, found[name]) for people, found in plain]
        line = " ".join(f"{across:.1f},{up:.1f}" for across, up in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        across, up = points[-1]
        parts.append(
            f'<text x="{across - 4:.0f}" y="{up - 8:.0f}" text-anchor="end">{label}</text>'
        )
    parts.append(
        f'<text x="{WIDTH // 2}" y="{HEIGHT - 8}" text-anchor="middle">people</text></svg>'
    )
    return "\n".join(parts) + "\n"


def main() -> None:
    """Measure one size and draw all that were measured."""
    parser = argparse.ArgumentParser(description="Measure the first plan of a size.")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--tight", action="store_true")
    given = parser.parse_args()
    sizes: Sizes = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.people, tight=given.tight, folder=Path(folder))
    sizes[f"{given.people}{'-tight' if given.tight else ''}"] = found
    RESULTS.write_text(json.dumps(sizes, indent=1, sort_keys=True) + "\n")
    IMAGE.write_text(drawn(sizes))


if __name__ == "__main__":
    main()
