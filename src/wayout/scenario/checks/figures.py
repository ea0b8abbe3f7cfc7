"""Rules about figures."""

from collections.abc import Callable, Iterator

from wayout.findings import Finding
from wayout.scenario.checks.wording import amount, error, warning
from wayout.scenario.model import Scenario

CONFIDENCES = ("read", "second-hand", "derived", "assumed")


def check_figure_order(scenario: Scenario) -> Iterator[Finding]:
    """S91: low ≤ likely ≤ high."""
    for index, figure in enumerate(scenario.figures):
        low = figure.likely if figure.low is None else figure.low
        high = figure.likely if figure.high is None else figure.high
        if not low <= figure.likely <= high:
            column = "low" if low > figure.likely else "high"
            message = (
                f"Figure '{figure.figure}' has low {amount(low)}, likely {amount(figure.likely)} "
                f"and high {amount(high)}, which do not rise."
            )
            cure = "Correct them, or leave low and high blank."
            yield error("S91", "figures.csv", index, column, message, cure)


def check_figure_source(scenario: Scenario) -> Iterator[Finding]:
    """S92: a figure has a source (warning)."""
    for index, figure in enumerate(scenario.figures):
        if not figure.source.strip():
            message = f"Figure '{figure.figure}' has no source."
            cure = "Write where it is from; if it is a guess, whose."
            yield warning("S92", "figures.csv", index, "source", message, cure)


def check_figure_confidence(scenario: Scenario) -> Iterator[Finding]:
    """S93: a figure's confidence is one of the four words (warning)."""
    for index, figure in enumerate(scenario.figures):
        if figure.confidence not in CONFIDENCES:
            message = f"Figure '{figure.figure}' has the confidence '{figure.confidence[:40]}'."
            cure = f"Write one of: {', '.join(CONFIDENCES)}."
            yield warning("S93", "figures.csv", index, "confidence", message, cure)


FIGURE_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_figure_order,
    check_figure_source,
    check_figure_confidence,
)
