"""Workbooks and PFIF files against what other programs write and read."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.lists.books import (
    book,
    header_row,
    ods,
    ods_cell,
    ods_row,
    ods_table,
    person,
    pfif,
    row,
    sheet_xml,
)

from wayout.registry.lists.faults import Problem
from wayout.registry.lists.formats import items_of
from wayout.registry.lists.formats.dates import date_of, is_date_format
from wayout.registry.lists.formats.delimited import separator_of
from wayout.registry.lists.reading import read
from wayout.registry.lists.understanding import Understood, understand
from wayout.registry.lists.wire import Cell, HiddenColumns, Row, Sheet, item_of, line_of

AS_OF = date(2021, 8, 1)
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=12)
CELLS = TEXT | st.integers(-(10**14), 10**14) | st.dates(date(1900, 3, 1), date(2100, 1, 1))


def rows_of(data: bytes) -> list[Row]:
    return [item for item in items_of(io.BytesIO(data)) if isinstance(item, Row)]


def _written(rows: list[list[str | int | date]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet()
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    moment = datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
                    sheet.write_datetime(number, place, moment.replace(tzinfo=None), dates)
                elif isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                else:
                    sheet.write_string(number, place, cell)
    return target.getvalue()


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_workbook_of_another_program_is_read_cell_by_cell(
    rows: list[list[str | int | date]],
) -> None:
    got = {
        (item.number, n): c for item in rows_of(_written(rows)) for n, c in enumerate(item.cells)
    }
    for number, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            blank = isinstance(cell, str) and not cell.strip()
            assert got.get((number, place)) == (None if blank else cell)


def test_another_reader_sees_the_same_cells() -> None:
    data = _written([["Given", "Born", "Age"], ["Амина", date(1990, 2, 3), 31], ["محمد", "x", 7]])
    other = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    ours = [
        [float(cell) if isinstance(cell, int) else cell for cell in r.cells] for r in rows_of(data)
    ]
    assert ours == other


def test_hidden_rows_that_another_reader_does_not_see() -> None:
    """150 rows can be seen and 850 cannot: the shape of the leak of 2022."""
    rows = "".join(
        row(n, f"A{n}", attributes="hidden='1'" if n > 151 else "") for n in range(2, 1_002)
    )
    found = rows_of(book(sheet_xml(header_row() + rows)))
    assert sum(item.hidden for item in found) == 850
    assert len(found) == 1_001


def test_inline_rich_and_shared_texts_booleans_and_missing_references() -> None:
    shared = "<sst><si><r><t>Am</t></r><r><t>ina</t></r><rPh><t>x</t></rPh></si></sst>"
    cells = '<c t="s"><v>0</v></c><c t="b"><v>1</v></c><c><v>7.50</v></c><c><v>1E3</v></c>'
    data = book(sheet_xml(f"<row>{cells}</row>"), extra={"xl/sharedStrings.xml": shared})
    assert rows_of(data)[0].cells == ("Amina", "TRUE", "7.50", 1000)


def test_characters_that_xml_cannot_hold_are_read() -> None:
    assert rows_of(book(sheet_xml(row(1, "Am_x000D_ina", "_x0041_"))))[0].cells == ("Am\rina", "A")


def test_dates_are_told_by_their_format() -> None:
    assert is_date_format(14, None)
    assert is_date_format(164, "dd/mm/yyyy")
    assert is_date_format(165, "[$-3000401]d mmm yy")
    assert not is_date_format(2, None)
    assert not is_date_format(166, '0.00" day"')
    assert not is_date_format(167, "[Red]0.0")
    assert date_of(1, from_1904=False) == date(1900, 1, 1)
    assert date_of(61, from_1904=False) == date(1900, 3, 1)
    assert date_of(0, from_1904=True) == date(1904, 1, 1)
    assert date_of(-1, from_1904=False) is None


def test_ods_cells_repeated_dated_annotated() -> None:
    dated = '<table:table-cell office:value-type="date" office:date-value="1990-02-03"/>'
    noted = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>secret</text:p>'
        "</office:annotation><text:p>A<text:s/>B</text:p></table:table-cell>"
    )
    twice = ods_cell("x", 'table:number-columns-repeated="2"')
    body = f"<table:table-row>{dated}{noted}{twice}</table:table-row>"
    again = ods_row("C", attributes='table:number-rows-repeated="2"')
    found = rows_of(ods(ods_table(body + again)))
    assert found[1].cells == (date(1990, 2, 3), "A B", "x", "x")
    assert [(item.number, item.cells) for item in found[2:]] == [(3, ("C",)), (4, ("C",))]


def _understood(data: bytes, folder: Path) -> Understood:
    path = folder / "people.xml"
    path.write_bytes(data)
    return understand(read(path), "finder", AS_OF)


def test_pfif_persons_are_read_by_the_names_of_the_standard(tmp_path: Path) -> None:
    note = "<pfif:note><pfif:note_record_id>n1</pfif:note_record_id><pfif:status>believed_alive"
    note += "</pfif:status></pfif:note>"
    first = person(
        person_record_id="example.org/p1",
        source_date="2021-08-01T00:00:00Z",
        full_name="Amina Karimi",
        given_name="Amina",
        family_name="Karimi",
        sex="female",
        date_of_birth="1990-02",
        home_city="Kabul",
        author_name="Omar",
    ).replace("</pfif:person>", note + "</pfif:person>")
    second = person(person_record_id="example.org/p2", full_name="Zmaray Wardak", age="20-30")
    lone = "<pfif:note><pfif:person_record_id>example.org/p2</pfif:person_record_id>"
    lone += (
        "<pfif:linked_person_record_id>example.org/p1</pfif:linked_person_record_id></pfif:note>"
    )
    found = _understood(pfif(first + second + lone), tmp_path)
    record = found.rows[0].record
    assert (record.given, record.family, record.sex) == ("Amina", "Karimi", "f")
    assert (record.birth_year, record.birth_month, record.birth_precision) == (1990, 2, "month")
    assert record.place == "Kabul"
    assert found.rows[0].cells["note 1 status"] == "believed_alive"
    other = found.rows[1]
    assert (other.record.given, other.record.family) == ("Zmaray", "Wardak")
    assert (other.record.birth_year, other.record.birth_precision) == (1996, "year")
    assert other.cells["note 1 linked_person_record_id"] == "example.org/p1"


def test_a_pfif_record_that_should_be_deleted_is_said(tmp_path: Path) -> None:
    past = person(person_record_id="e/1", full_name="A B", expiry_date="2021-08-01T00:00:00Z")
    future = person(person_record_id="e/2", full_name="C D", expiry_date="2021-08-02T00:00:00Z")
    found = _understood(pfif(past + future), tmp_path)
    assert [[f.rule for f in row.findings] for row in found.rows] == [["L48"], []]


def test_separators_are_told_by_even_rows() -> None:
    assert separator_of("a;b;c\n1,5;2;3\n2,5;4;5\n") == ";"
    assert separator_of("one column\nonly\n") == ","
    assert separator_of("a\tb\n1, 2\t3\n") == "\t"


@given(
    st.lists(CELLS | st.none(), max_size=6),
    st.integers(0, 10**6),
    st.booleans(),
    st.lists(st.integers(0, 200), max_size=3),
)
def test_items_come_through_the_wire_unchanged(
    cells: list[Cell], number: int, hidden: bool, places: list[int]
) -> None:
    for item in (
        Row(number, tuple(cells), hidden, tuple(places)),
        Sheet("S", hidden),
        HiddenColumns(tuple(places)),
    ):
        assert item_of(line_of(item)) == item


def test_problems_come_through_the_wire() -> None:
    problems = [
        item
        for item in items_of(io.BytesIO("Name\nHélène\n".encode("cp1252")))
        if isinstance(item, Problem)
    ]
    assert [item_of(line_of(problem)) for problem in problems] == problems != []
