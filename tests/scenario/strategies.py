"""Scenarios of every shape that a folder can hold; rules between tables need not be kept."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from wayout.scenario.cells import looks_like_number
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.figures import Case, Figure, Reference
from wayout.scenario.model import Scenario
from wayout.scenario.policy import MAJORS, MINORS, Objective, Policy
from wayout.scenario.rows import FIRST_ROW
from wayout.scenario.tables import TABLES, Column, Kind, Table, columns_of

SIGNS = st.characters(exclude_categories=["C"])
YEAR_TICKS = 365 * 1440

texts = st.text(st.one_of(SIGNS, st.sampled_from(',;"\n #=')), max_size=12).map(str.strip)
written_texts = texts.filter(bool)
words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=",;"), min_size=1)
weights = st.floats(0, 1e6).map(abs)


def _numbers(column: Column) -> st.SearchStrategy[Any]:
    if column.kind is Kind.WHOLE:
        return st.integers(int(column.least), int(column.most))
    numbers = st.floats(column.least, column.most)
    return st.one_of(numbers, st.just(UNLIMITED)) if column.may_be_unlimited else numbers


def values(column: Column) -> st.SearchStrategy[Any]:
    """Everything that a cell of the column can stand for."""
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: written_texts if column.required or column.default else texts,
        Kind.WORDS: st.lists(words, max_size=3).map(tuple),
        Kind.YES_NO: st.booleans(),
        Kind.TIME: st.integers(-YEAR_TICKS, YEAR_TICKS),
    }
    if column.choices is not None:
        return st.sampled_from(list(column.choices))
    strategy = kinds[column.kind] if column.kind in kinds else _numbers(column)
    return strategy if column.required else st.one_of(st.just(column.default), strategy)


def rows(table: Table, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Rows of one table."""
    cells = {column.field: values(column) for column in columns_of(table)}
    return st.lists(st.builds(table.row_type, **cells), min_size=least, max_size=3).map(tuple)


def _figure(name: str, value: int) -> Figure:
    return Figure(figure=name, low=value - 1, likely=value, high=value + 1, source="a test")


figure_names = words.filter(lambda name: not looks_like_number(name))
figures = st.dictionaries(figure_names, st.integers(1, 80), max_size=3).map(
    lambda named: tuple(_figure(name, value) for name, value in named.items())
)
policies = st.builds(
    Policy,
    objective=st.sampled_from(Objective),
    emergency_seats=st.booleans(),
    slot_minutes=st.integers(1, 1440),
    majors=st.fixed_dictionaries(dict.fromkeys(MAJORS, weights)),
    minors=st.fixed_dictionaries(dict.fromkeys(MINORS, weights)),
)
offsets = st.integers(-14 * 4, 14 * 4).map(
    lambda quarters: timezone(timedelta(minutes=15 * quarters))
)
starts = st.builds(
    lambda moment, zone: (
        moment.replace(tzinfo=UTC).astimezone(zone).replace(second=0, microsecond=0)
    ),
    st.datetimes(datetime(1902, 1, 1), datetime(2190, 1, 1)),  # noqa: DTZ001
    offsets,
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Scenarios in any case, some of their numbers taken from figures."""
    name = draw(written_texts.filter(lambda text: "\n" not in text))
    start, deadline = draw(starts), draw(st.integers(0, YEAR_TICKS))
    tables = {table.field: draw(rows(table, int(table.required))) for table in TABLES[:-1]}
    if not tables["parties"] and not tables["demand"]:
        tables["demand"] = draw(rows(TABLES[6], 1))
    scenario = Scenario(
        name=name,
        title=draw(written_texts),
        start=start,
        deadline=deadline,
        end=draw(st.one_of(st.just(deadline + 30 * 1440), st.integers(0, 2 * YEAR_TICKS))),
        seed=draw(st.integers(0, 2**63 - 1)),
        description=draw(texts),
        policy=draw(st.one_of(st.just(Policy()), policies)),
        sources=tuple(draw(st.lists(written_texts, max_size=2))),
        case=draw(st.sampled_from(Case)),
        figures=draw(figures),
        **tables,
    )
    return _with_references(draw, scenario) if scenario.figures else scenario


def _with_references(draw: st.DrawFn, scenario: Scenario) -> Scenario:
    """Let some numbers of the scenario name a figure, in the order in which they are read."""
    references = []
    for table in TABLES[:-1]:
        for column in columns_of(table):
            for index, row in enumerate(getattr(scenario, table.field)):
                if column.kind in (Kind.NUMBER, Kind.WHOLE) and draw(st.integers(0, 9)) == 0:
                    figure = draw(st.sampled_from(scenario.figures))
                    changed = dataclasses.replace(
                        row, **{column.field: int(figure.value(scenario.case))}
                    )
                    before = getattr(scenario, table.field)
                    after = (*before[:index], changed, *before[index + 1 :])
                    scenario = scenario.replace(**{table.field: after})
                    references.append(
                        Reference(
                            file=table.file,
                            row=index + FIRST_ROW,
                            column=column.name,
                            figure=figure.figure,
                        )
                    )
    return scenario.replace(references=tuple(references))
