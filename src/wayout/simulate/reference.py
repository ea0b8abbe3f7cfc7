"""The page on every figure of the simulation, for ``docs/reference``."""

from wayout.simulate.disruptions import FIGURES, RATE_OF

HEAD = """# Figures of the simulation

Written by `scripts/docs` from the code. Each is a key of the file of
`wayout simulate --disruptions`.

| figure | default | at most | meaning | source |
| --- | --- | --- | --- | --- |
"""
TAIL = f"""
`{RATE_OF}HAZARD`, with a hazard's identifier, takes the place of its `per_day` in `hazards.csv`
(0 to 24). A hazard without a rate does not happen.
"""


def reference_text() -> str:
    """The page."""
    rows = (
        f"| `{name}` | {item.default:g} | {item.most:g} | {item.meaning} | {item.source} |\n"
        for name, item in FIGURES.items()
    )
    return HEAD + "".join(rows) + TAIL
