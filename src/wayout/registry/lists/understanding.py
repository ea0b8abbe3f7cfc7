"""A list as read to a list as understood: headers found, columns explained, rows kept and read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from wayout.findings import Finding, Severity
from wayout.registry.entries import Position, SourceRow
from wayout.registry.lists import births, people, phones
from wayout.registry.lists.births import Habits, habits_of
from wayout.registry.lists.columns import (
    Column,
    header_texts,
    letters_of,
    num_known,
    propose,
)
from wayout.registry.lists.faults import Fault, Problem
from wayout.registry.lists.people import nation_of
from wayout.registry.lists.phones import is_international, phone_of, region_of
from wayout.registry.lists.reading import RawList, RawSheet
from wayout.registry.lists.rows import (
    Reader,
    RowUnderstanding,
    cell_text,
    kept_cells,
    row_hash,
)
from wayout.registry.lists.wire import Cell, Row
from wayout.registry.lists.words import regions

_LOOKED_AT = 30
"""Rows among which the headers are looked for."""

_TAG = re.compile("#[a-z]")
"""How a hashtag of the Humanitarian Exchange Language begins."""

ABOVE = "(above the headers)"
"""Under this name the first row keeps what stood above the headers."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A list ready to be taken in; ``rows`` is empty where a finding is an error."""

    file: str
    sha256: str
    source: str
    as_of: date
    rows: tuple[SourceRow, ...]
    columns: tuple[Column, ...]
    """Of all sheets, each header once."""
    findings: tuple[Finding, ...]
    """Of the file and its columns; those of rows are with the rows."""

    @property
    def num_hidden(self) -> int:
        """Rows that the file hides."""
        return sum(row.hidden for row in self.rows)

    @property
    def refused(self) -> bool:
        """Whether nothing may be taken in."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def all_findings(self) -> Iterator[Finding]:
        """Those of the file, then those of the rows in their order."""
        return chain(self.findings, chain.from_iterable(row.findings for row in self.rows))

    @property
    def mapping(self) -> dict[str, str]:
        """What is remembered for the source's next list."""
        return {column.header: column.field for column in self.columns if column.field}


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person has said about a list: what its columns mean, where local phones ring."""

    told: Mapping[str, str]
    remembered: Mapping[str, str]
    region: str | None = None
    day_first: bool | None = None


def understand(raw: RawList, source: str, as_of: date, hints: Hints | None = None) -> Understood:
    """Read every row of a list; pure, and the same for the same file."""
    hints = hints or Hints({}, {})
    findings = [problem.at(raw.file) for problem in raw.problems]
    parts: list[_Part] = []
    if not raw.stopped:
        parts = [_Part(raw, sheet, hints) for sheet in raw.sheets if sheet.rows]
        findings += _of_sheets(raw, parts)
    rows: list[SourceRow] = []
    taken = [part for part in parts if part.header is not None]
    seen: set[str] = set()
    for part in taken:
        rows += part.rows(source, as_of, seen)
        findings += [problem.at(part.where) for problem in part.problems]
    # What was read is in the rows and nowhere else: no name stays behind in a cache.
    for module in (births, people, phones):
        module.forget()
    columns = {column.header: column for part in reversed(taken) for column in part.columns}
    refused = any(finding.severity is Severity.ERROR for finding in findings)
    return Understood(
        raw.file,
        raw.sha256,
        source,
        as_of,
        () if refused else tuple(rows),
        tuple(sorted(columns.values(), key=lambda column: column.place)),
        tuple(findings),
    )


def _of_sheets(raw: RawList, parts: Sequence["_Part"]) -> Iterator[Finding]:
    """Whether there is anything, and what becomes of sheets without headers."""
    if not parts:
        message = "There are no rows in it."
        yield Problem(Fault.EMPTY, message, "Look whether it is the right file.", True).at(raw.file)
        return
    nothing = all(part.header is None for part in parts)
    for part in parts:
        if part.header is None:
            fault = Fault.NO_HEADER if nothing else Fault.SHEET_LEFT_OUT
            message = f"No row is known as headers; its {len(part.sheet.rows):,} rows stay out."
            cure = "Write headers above the columns, or say what they mean with --map."
            yield Problem(fault, message, cure, stops=nothing).at(part.where)


class _Part:
    """One sheet on its way."""

    def __init__(self, raw: RawList, sheet: RawSheet, hints: Hints) -> None:
        self.raw, self.sheet, self.hints = raw, sheet, hints
        name = sheet.sheet.name
        self.where = raw.file if name is None else f"{raw.file}, sheet {name}"
        self.problems = list(sheet.problems)
        self.header = self._header()
        self.columns: tuple[Column, ...] = ()
        self.body: list[Row] = []
        if self.header is not None:
            start = self.header + 1
            self.body = sheet.rows[start:]
            self._skip_tags()
            self.columns = self._columns()
            self._report()

    def _header(self) -> int | None:
        """Position of the row of headers among the first ones: the one with most known words."""
        if self.sheet.sheet.kind == "pfif":
            return 0
        said = [*self.hints.told, *self.hints.remembered]
        known = [num_known(row.cells, said) for row in self.sheet.rows[:_LOOKED_AT]]
        best = max(range(len(known)), key=lambda place: (known[place], -place))
        return best if known[best] else None

    def _skip_tags(self) -> None:
        """A row of HXL hashtags under the headers is no person; it stays with what is above."""
        cells = [cell for cell in self.body[0].cells if cell is not None] if self.body else []
        if cells and all(isinstance(cell, str) and _TAG.match(cell) for cell in cells):
            self.tags: Row | None = self.body.pop(0)
        else:
            self.tags = None

    def _columns(self) -> tuple[Column, ...]:
        assert self.header is not None  # noqa: S101 - asked for by the caller
        header = self.sheet.rows[self.header]
        width = max(len(row.cells) for row in (header, *self.body))
        samples = [
            [row.cells[place] if place < len(row.cells) else None for row in self.body]
            for place in range(width)
        ]
        self._samples = samples
        texts = header_texts(header.cells, width)
        return propose(texts, samples, self.hints.told, self.hints.remembered)

    def _report(self) -> None:
        """What is to be said of the sheet as a whole."""
        if self.header:
            message = f"{self.header:,} rows stand above the headers; they are kept."
            self._say(Fault.ABOVE_HEADER, message, "Delete them if they are no part of the list.")
        hidden = sum(row.hidden for row in self.body)
        if hidden:
            message = (
                f"{hidden:,} of {len(self.body):,} rows are hidden; they are taken in, marked."
            )
            self._say(Fault.HIDDEN_ROWS, message, "Ask the sender whether they belong to the list.")
        if self.sheet.sheet.hidden:
            message = f"The sheet is hidden; its {len(self.body):,} rows are taken in, marked."
            self._say(Fault.HIDDEN_SHEET, message, "Ask the sender whether it belongs to the list.")
        used = [place for place in self.sheet.hidden_columns if place < len(self.columns)]
        if used:
            letters = ", ".join(map(letters_of, used))
            message = f"Columns {letters} are hidden; they are taken in."
            self._say(Fault.HIDDEN_COLUMNS, message, "Ask the sender whether they were meant.")
        for column in self.columns:
            if column.field is None and any(cell is not None for cell in self._cells(column)):
                message = "The column is not understood; it is kept as it stands."
                cure = f'If it means something, say so: --map "{column.header}=FIELD".'
                self._say(Fault.UNKNOWN_COLUMN, message, cure, column)
            if column.field == "name":
                message = "Whole names: without a comma, the last word is taken as the family's."
                self._say(Fault.SPLIT_NAME, message, "Ask for two columns.", column)
        self._report_doubles()

    def _report_doubles(self) -> None:
        counts = Counter(column.field for column in self.columns if column.field)
        for field, count in counts.items():
            if count > 1 and field != "note":
                named = ", ".join(c.header for c in self.columns if c.field == field)
                message = (
                    f"{count} columns mean {field} ({named}); the first that is filled counts."
                )
                self._say(Fault.TWO_COLUMNS, message, "Say with --map which one counts.")

    def _say(self, fault: Fault, message: str, cure: str, column: Column | None = None) -> None:
        header = None if column is None else column.header
        self.problems.append(Problem(fault, message, cure, column=header))

    def _cells(self, column: Column) -> Sequence[Cell]:
        return self._samples[column.place]

    def rows(self, source: str, as_of: date, seen: set[str]) -> Iterator[SourceRow]:
        """Every row of the sheet, kept and understood."""
        reader = Reader(
            self.columns,
            self._habits(as_of),
            self._region(),
            source,
            as_of,
            self.where,
        )
        above = self._above()
        for row in self.body:
            cells = kept_cells(row, self.columns) | above
            above = {}
            understanding = RowUnderstanding(reader, row)
            record = understanding.record()
            if len(row.cells) > self._num_headers():
                understanding.flag(Fault.RAGGED)
            if self.sheet.sheet.kind == "pfif" and _is_over(cells.get("expiry_date"), as_of):
                understanding.flag(Fault.EXPIRED)
            digest = row_hash(cells)
            if digest in seen:
                understanding.flag(Fault.SAME_ROW)
            seen.add(digest)
            position = Position(self.raw.file, self.sheet.sheet.name, row.number)
            hidden = row.hidden or self.sheet.sheet.hidden
            yield SourceRow(position, cells, record, digest, tuple(understanding.findings), hidden)

    def _num_headers(self) -> int:
        return len(self.sheet.rows[self.header or 0].cells)

    def _above(self) -> dict[str, str]:
        """Rows above the headers, and tags below them, as one text."""
        rows = self.sheet.rows[: self.header or 0] if self.sheet.sheet.kind == "table" else []
        texts = [
            " | ".join(cell_text(cell) for cell in row.cells if cell is not None)
            for row in (*rows, *filter(None, [self.tags]))
        ]
        return {ABOVE: "\n".join(texts)} if texts else {}

    def _habits(self, as_of: date) -> dict[int, Habits]:
        """How each column of dates writes them, said where it had to be guessed."""
        found = {}
        for column in self.columns:
            if column.field == "birth":
                habits = habits_of(self._cells(column), as_of, column.header)
                if self.hints.day_first is not None:
                    habits = habits.told(self.hints.day_first)
                found[column.place] = habits
                self._say_habits(column, habits)
        return found

    def _say_habits(self, column: Column, habits: Habits) -> None:
        order = "day first" if habits.day_first else "month first"
        if habits.undecided:
            message = f"Nothing tells day from month in {habits.num_open:,} dates; read {order}."
            self._say(Fault.DAY_MONTH, message, "Say --dates day-first or month-first.", column)
        elif habits.mixed and habits.num_open:
            message = (
                f"{habits.num_day_first:,} dates have the day first and {habits.num_month_first:,} "
                f"the month; the {habits.num_open:,} that could be either were read {order}."
            )
            self._say(Fault.MIXED_DATES, message, "Ask who made the list.", column)

    def _region(self) -> str | None:
        """Where numbers without a country ring: as told, else as most of the others do."""
        if self.hints.region is not None:
            return self.hints.region
        phones = [column for column in self.columns if column.field == "phone"]
        texts = [cell_text(cell) for column in phones for cell in self._cells(column) if cell]
        local = sum(not is_international(text) for text in texts)
        if not local:
            return None
        region = _commonest_region(texts) or self._nation()
        if region is not None:
            message = f"{local:,} numbers have no country; they were read as of {region}"
            message += " unless the person's nationality says otherwise."
            self._say(Fault.REGION, message, "Say --region if that is wrong.", phones[0])
        return region

    def _nation(self) -> str | None:
        """Country of the commonest nationality."""
        columns = [column for column in self.columns if column.field == "nationality"]
        codes = Counter(
            nation_of(cell_text(cell))[0]
            for column in columns
            for cell in self._cells(column)
            if cell is not None
        )
        return regions().get(codes.most_common(1)[0][0] or "") if codes else None


def _is_over(expiry: str | None, as_of: date) -> bool:
    """Whether the day on which a PFIF record expires (section 2 of the format) has passed."""
    return expiry is not None and expiry[:10] <= as_of.isoformat()


_ENOUGH = 200


def _commonest_region(texts: Iterable[str]) -> str | None:
    """Country of most of the numbers that name theirs."""
    counts: Counter[str] = Counter()
    for text in texts:
        if is_international(text):
            number, _ = phone_of(text, ())
            region = region_of(number) if number else None
            if region:
                counts[region] += 1
            if counts.total() >= _ENOUGH:
                break
    return counts.most_common(1)[0][0] if counts else None
