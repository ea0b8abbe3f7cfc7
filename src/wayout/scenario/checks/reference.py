"""The printed list of the rules, made from the rules themselves.

``python -m wayout.scenario.checks.reference > docs/reference/rules-of-scenarios.md`` writes it.
"""

import inspect
import sys

from wayout.scenario.checks import MOST_PER_RULE, ROW_RULES, WAY_RULES, WHOLE_RULES, Rule
from wayout.scenario.checks.numbers import MOST_DAYS, MOST_PEOPLE, MOST_PLACE_MINUTES
from wayout.scenario.checks.people import MOST_IN_PARTY

_HEAD = f"""\
# The rules of scenarios

This page is generated from the program; `python -m wayout.scenario.checks.reference` prints it.

`wayout check` reads a scenario (findings `F..`, see [the files and columns](scenario.md)) and then
asks the rules below (findings `S..`). Every finding has its code, its file, row and column, what is
wrong and what to do. All findings are listed at once; of one rule the first {MOST_PER_RULE:,}.

An error makes the scenario unfit for planning. A warning says what is odd, or what cannot work as
it stands; planning goes on. That people cannot get out is never an error: the plan says who, and
what keeps them. Rules marked (warning) warn, at least about the last thing they name; the others
find errors.

Wayout plans for {MOST_PEOPLE:,} people at most, in parties of {MOST_IN_PARTY:,} at most, up to
{MOST_DAYS} days, and for places times minutes of {MOST_PLACE_MINUTES:,} at most.

"""

_GROUPS: tuple[tuple[str, str, tuple[Rule, ...]], ...] = (
    ("Rules of rows", "They are always asked.", ROW_RULES),
    (
        "Rules of the whole",
        "They are asked when every cell could be read; otherwise a stand-in might break them.",
        WHOLE_RULES,
    ),
    (
        "Rules of ways",
        "All of them warn. They are asked when there is no error: one wrong name shuts many ways.\n"
        "They trace ways without regard to other people and to windows; only the plan knows those.",
        WAY_RULES,
    ),
)


def code_and_meaning(rule: Rule) -> tuple[str, str]:
    """Code of a rule and what it asks for, from its docstring; raises ValueError without one."""
    code, colon, meaning = (inspect.getdoc(rule) or "").partition("\n")[0].partition(": ")
    if not colon:
        raise ValueError(f"{rule} does not begin its docstring with its code.")
    return code, (meaning[:1].upper() + meaning[1:]).replace("``", "`")


def reference_text() -> str:
    """The page as Markdown."""
    return _HEAD + "\n".join(_section(*group) for group in _GROUPS)


def _section(title: str, text: str, rules: tuple[Rule, ...]) -> str:
    rows = sorted(code_and_meaning(rule) for rule in rules)
    table = "".join(f"| `{code}` | {meaning} |\n" for code, meaning in rows)
    return f"## {title}\n\n{text}\n\n| code | what has to hold |\n| --- | --- |\n{table}"


if __name__ == "__main__":
    sys.stdout.write(reference_text())
