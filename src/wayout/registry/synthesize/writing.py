"""Made-up lists as files, each as such a list would look, and the truth beside them."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import jdatetime
import polars as pl
import xlsxwriter

from wayout.registry.records import Record, Sex
from wayout.registry.synthesize import MadeList, Synthetic
from wayout.registry.synthesize.statements import Statement
from wayout.registry.synthesize.styles import Dates, Style

TRUTH = "truth.csv"
_CREATED = datetime(2021, 8, 1, tzinfo=UTC)
_OWN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PATTERNS = {
    Dates.ISO: "%Y-%m-%d",
    Dates.DAY_FIRST: "%d/%m/%Y",
    Dates.MONTH_FIRST: "%m/%d/%Y",
    Dates.DOTTED: "%d.%m.%Y",
}

Cell = str | int | date | None


def write(made: Synthetic, folder: Path) -> tuple[Path, ...]:
    """Write every list and the truth into a folder; the files, the truth last."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{found.name}.{found.style.ending}" for found in made.lists]
    for path, found in zip(written, made.lists, strict=True):
        path.write_bytes(list_file(found))
    truth = folder / TRUTH
    truth.write_text(truth_table(made).write_csv(), "utf-8")
    return (*written, truth)


def truth_table(made: Synthetic) -> pl.DataFrame:
    """Whose each row of each file is: file, row as a spreadsheet counts, person, household."""
    placed = pl.concat(
        [
            found.records.select(
                "record",
                file=pl.lit(f"{found.name}.{found.style.ending}"),
                row=pl.int_range(2, pl.len() + 2),
            )
            for found in made.lists
        ]
    )
    joined = placed.join(made.truth, on="record", maintain_order="left").join(
        made.people, on="person", maintain_order="left"
    )
    return joined.select("file", "row", "person", "household", note=pl.lit("SYNTHETIC"))


def list_file(found: MadeList) -> bytes:
    """The bytes of one list's file."""
    style = found.style
    rows = [cells_of(statement, style) for statement in found.statements]
    header = list(style.headers.values())
    if style.ending == "xlsx":
        return _book(header, rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return text.getvalue().encode(style.encoding)


def _book(header: list[str], rows: list[list[Cell]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "SYNTHETIC", "created": _CREATED})
        dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("List")
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, dates)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, cell)
    return target.getvalue()


def cells_of(statement: Statement, style: Style) -> list[Cell]:
    """One row as the list has it."""
    record = statement.record
    special: dict[str, Cell] = {
        "birth": _birth(record, style),
        "phone": _phone(record.phone, style),
        "sex": None if record.sex is None else style.sexes[record.sex == Sex.MALE],
        "nationality": style.nations.get(record.nationality or ""),
        "document": _digits(record.document or statement.bad_document, style),
        "document_kind": style.kinds.get(record.document_kind or "", record.document_kind),
        "household": _digits(record.household, style),
    }
    return [special[name] if name in special else getattr(record, name) for name in style.headers]


def _digits(text: str | None, style: Style) -> str | None:
    return text.translate(_OWN_DIGITS) if text and style.own_digits else text


def _birth(record: Record, style: Style) -> Cell:
    year, month, day = record.birth_year, record.birth_month, record.birth_day
    if year is None:
        return None
    if month is None or day is None:
        if style.dates is Dates.CELLS:
            return year
        return _digits(str(year - 621 if style.dates is Dates.SOLAR else year), style)
    born = date(year, month, day)
    if style.dates is Dates.CELLS:
        return born
    if style.dates is Dates.SOLAR:
        solar = jdatetime.date.fromgregorian(date=born)
        return _digits(f"{solar.year}/{solar.month:02d}/{solar.day:02d}", style)
    return born.strftime(_PATTERNS[style.dates])


def _phone(phone: str | None, style: Style) -> str | None:
    """The number as the list's people write numbers."""
    if phone is None:
        return None
    country = 3 if phone.startswith("+93") else 4
    written = {
        "international": phone,
        "zeros": "00" + phone[1:],
        "national": "0" + phone[country:],
        "spaced": f"{phone[:country]} {phone[country : country + 2]} {phone[country + 2 :]}",
    }[style.phones]
    return _digits(written, style)
