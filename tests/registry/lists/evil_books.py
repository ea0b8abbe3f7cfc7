"""Workbooks and PFIF files of lists, hostile, broken and odd."""

import io
import zipfile

from tests.registry.lists.books import (
    book,
    cell,
    header_row,
    ods,
    ods_cell,
    ods_row,
    ods_table,
    person,
    pfif,
    row,
    sheet_xml,
    zipped,
)
from tests.registry.lists.evil import GOOD, Evil, encoded, noise

LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)
LAUGHS += "]>"
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def _bomb_in_sheet() -> bytes:
    return book(sheet_xml(header_row() + row(2, "A", "B") + " " * 40_000_000))


def _bomb_in_shared() -> bytes:
    text = "<sst><si><t>" + "A" * 99_000 + "</t></si>" + "<si><t/></si>" * 2_000_000 + "</sst>"
    return book(sheet_xml(header_row()), extra={"xl/sharedStrings.xml": text})


def _long_shared() -> bytes:
    """One text of 99,000 letters, to which 3,000 rows with three columns each refer."""
    shared = f"<sst><si><t>{'A' * 99_000}</t></si></sst>"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
        for n in range(2, 3_002)
    )
    return book(sheet_xml(header_row() + rows), extra={"xl/sharedStrings.xml": shared})


def _million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 300_000))
    return book(sheet_xml(header_row() + rows))


def _empty_rows() -> bytes:
    rows = "".join(f'<row r="{n}"/>' for n in range(3, 200_000))
    return book(sheet_xml(header_row() + row(2, "Amina", "Karimi") + rows))


def _cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def _nested(depth: int) -> bytes:
    return pfif(person(full_name="x") + "<a>" * depth + "</a>" * depth)


def _encrypted() -> bytes:
    """The flag of an encrypted part, set by hand."""
    data = bytearray(book(sheet_xml(header_row() + row(2, "Amina"))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    return bytes(data)


def _wrong_checksum() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        source = zipfile.ZipFile(io.BytesIO(book(sheet_xml(header_row() + row(2, "Amina")))))
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return stored.getvalue().replace(b"Amina", b"Anima")


_BOOK = book(sheet_xml(header_row() + row(2, "Amina", "Karimi", "1990-02-03")))
_HIDDEN = row(2, "A", "B") + row(3, "C", "D", attributes='hidden="1"')
_FORMULA = '<row r="2"><c r="A2" t="str"><f>"A"&amp;"B"</f><v>AB</v></c></row>'
_ERROR = (
    '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="inlineStr"><is><t>K</t></is></c></row>'
)
_FAR = f'<row r="1">{cell("A1", "First Name")}{cell("XFD1", "x")}</row>'
_LAST = '<row r="1048576">' + cell("A1048576", "Amina") + "</row>"
_WIDE_CELL = ods_cell("A", 'table:number-columns-repeated="16384"')
_WIDE = f"<table:table-row>{_WIDE_CELL}</table:table-row>"
_COMPUTED_CELL = ods_cell("A", 'table:formula="of:=1"')
_COMPUTED = f"<table:table-row>{_COMPUTED_CELL}</table:table-row>"
_TABLE = ods(ods_table(ods_row("Amina", "Karimi")))
_PERSON = person(person_record_id="a/1", source_date="2021-08-01T00:00:00Z", full_name="Amina K")

_COLUMN = '<cols><col min="2" max="2" hidden="1"/></cols>'
_MERGED = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
_ABSURD = '<row r="x"><c r="!"><v>1</v></c></row>'
_FILTERED = 'table:visibility="filter"'
_HIDDEN_TABLE = '<style:table-properties table:display="false"/>'
_HIDING = f'<style:style style:name="h">{_HIDDEN_TABLE}</style:style>'
_REPEATED = 'table:number-rows-repeated="1048570"'
_OUTSIDE = '<!DOCTYPE p SYSTEM "http://x/y">'
_WIDE_LETTERS = pfif(_PERSON).decode().replace("UTF-8", "UTF-16").encode("utf-16")
_NOTE = "<pfif:note><pfif:text>x</pfif:text></pfif:note>"
_MANY_FIELDS = person(**{f"f{n}": "x" for n in range(500)})

BOOKS = (
    Evil("book", lambda: _BOOK, None, 1, "xlsx"),
    Evil("book-called-csv", lambda: _BOOK, None, 1, "csv"),
    Evil("csv-called-book", encoded(GOOD), None, 1, "xlsx"),
    Evil("bomb-in-sheet", _bomb_in_sheet, "L06", 0, "xlsx"),
    Evil("bomb-in-shared-texts", _bomb_in_shared, "L06", 0, "xlsx"),
    Evil("shared-text-repeated", _long_shared, "L04", 0, "xlsx"),
    Evil("million-rows", _million_rows, "L04", 0, "xlsx"),
    Evil("million-empty-rows", _empty_rows, None, 1, "xlsx"),
    Evil("far-column", lambda: book(sheet_xml(_FAR)), "L04", 0, "xlsx"),
    Evil("far-row", lambda: book(sheet_xml(header_row() + _LAST)), None, 1, "xlsx"),
    Evil("billion-laughs", lambda: book(sheet_xml(header_row(), prolog=LAUGHS)), "L07", 0, "xlsx"),
    Evil(
        "outside-entity", lambda: book(sheet_xml(header_row(), prolog=EXTERNAL)), "L07", 0, "xlsx"
    ),
    Evil(
        "laughs-in-workbook", lambda: zipped({"xl/workbook.xml": LAUGHS + "<w/>"}), "L07", 0, "xlsx"
    ),
    Evil("hidden-row", lambda: book(sheet_xml(header_row() + _HIDDEN)), "L16", 2, "xlsx"),
    Evil(
        "hidden-column",
        lambda: book(sheet_xml(header_row() + row(2, "A", "B"), before=_COLUMN)),
        "L17",
        1,
        "xlsx",
    ),
    Evil(
        "hidden-sheet",
        lambda: book(*[sheet_xml(header_row() + row(2, "A"))] * 2, states=("visible", "hidden")),
        "L18",
        2,
        "xlsx",
    ),
    Evil(
        "very-hidden-sheet",
        lambda: book(sheet_xml(header_row() + row(2, "A")), states=("veryHidden",)),
        "L18",
        1,
        "xlsx",
    ),
    Evil(
        "sheet-of-notes",
        lambda: book(sheet_xml(header_row() + row(2, "A")), sheet_xml(row(1, "call Omar back"))),
        "L19",
        1,
        "xlsx",
    ),
    Evil("formula", lambda: book(sheet_xml(header_row() + _FORMULA)), "L20", 1, "xlsx"),
    Evil("error-cell", lambda: book(sheet_xml(header_row() + _ERROR)), "L22", 1, "xlsx"),
    Evil(
        "merged",
        lambda: book(sheet_xml(header_row() + row(2, "A"), after=_MERGED)),
        "L25",
        1,
        "xlsx",
    ),
    Evil(
        "macros",
        lambda: book(sheet_xml(header_row() + row(2, "A")), extra={"xl/vbaProject.bin": b"x"}),
        "L26",
        1,
        "xlsx",
    ),
    Evil("cut-in-the-middle", lambda: _cut(_BOOK, 0.5), "L03", 0, "xlsx"),
    Evil("cut-sheet", lambda: book(sheet_xml(header_row() + row(2, "A"))[:-30]), "L03", 0, "xlsx"),
    Evil("wrong-checksum", _wrong_checksum, "L03", 0, "xlsx"),
    Evil("encrypted-part", _encrypted, "L08", 0, "xlsx"),
    Evil("old-or-locked", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(), "L08", 0, "xlsx"),
    Evil("sheet-missing", lambda: zipped({"xl/workbook.xml": "<workbook/>"}), "L03", 0, "xlsx"),
    Evil("no-sheets", lambda: book(), "L13", 0, "xlsx"),
    Evil("other-zip", lambda: zipped({"a.txt": "hello"}), "L02", 0, "xlsx"),
    Evil("zip-in-zip", lambda: zipped({"a.zip": _BOOK}), "L02", 0, "xlsx"),
    Evil("many-parts", lambda: zipped({f"p{n}": "" for n in range(3_000)}), "L04", 0, "xlsx"),
    Evil(
        "shared-text-not-there",
        lambda: book(sheet_xml(header_row() + '<row r="2"><c r="A2" t="s"><v>7</v></c></row>')),
        "L22",
        1,
        "xlsx",
    ),
    Evil(
        "not-a-number",
        lambda: book(sheet_xml(header_row() + '<row r="2"><c r="A2"><v>NaN</v></c></row>')),
        "L43",
        1,
        "xlsx",
    ),
    Evil("absurd-references", lambda: book(sheet_xml(header_row() + _ABSURD)), None, 1, "xlsx"),
    Evil("sheet-is-no-xml", lambda: book(noise()), "L03", 0, "xlsx"),
    Evil("ods", lambda: _TABLE, None, 1, "ods"),
    Evil("ods-laughs", lambda: ods("", prolog=LAUGHS), "L07", 0, "ods"),
    Evil(
        "ods-hidden-row",
        lambda: ods(ods_table(ods_row("A", "B", attributes=_FILTERED))),
        "L16",
        1,
        "ods",
    ),
    Evil(
        "ods-hidden-sheet",
        lambda: ods(
            ods_table(ods_row("A", "B"), attributes='table:style-name="h"'),
            styles=_HIDING,
        ),
        "L18",
        1,
        "ods",
    ),
    Evil(
        "ods-repeated-rows",
        lambda: ods(ods_table(ods_row("A", attributes=_REPEATED))),
        "L04",
        0,
        "ods",
    ),
    Evil(
        "ods-blank-repeated",
        lambda: ods(ods_table(ods_row("A") + ods_row("", attributes=_REPEATED))),
        None,
        1,
        "ods",
    ),
    Evil("ods-repeated-columns", lambda: ods(ods_table(_WIDE)), "L04", 0, "ods"),
    Evil("ods-formula", lambda: ods(ods_table(_COMPUTED)), "L20", 1, "ods"),
    Evil("ods-cut", lambda: _cut(_TABLE, 0.7), "L03", 0, "ods"),
)
MARKED_UP = (
    Evil("pfif", lambda: pfif(_PERSON), None, 1, "xml"),
    Evil("pfif-laughs", lambda: pfif(person(full_name="&i;"), LAUGHS), "L07", 0, "xml"),
    Evil("pfif-outside-entity", lambda: pfif(person(full_name="&e;"), EXTERNAL), "L07", 0, "xml"),
    Evil("pfif-outside-type", lambda: pfif(_PERSON, _OUTSIDE), "L07", 0, "xml"),
    Evil("pfif-cut", lambda: _cut(pfif(_PERSON), 0.8), "L03", 0, "xml"),
    Evil("pfif-utf-16", lambda: _WIDE_LETTERS, None, 1, "xml"),
    Evil("pfif-nobody", lambda: pfif(""), None, 0, "xml"),
    Evil("pfif-long-field", lambda: pfif(person(full_name="A" * 200_000)), "L04", 0, "xml"),
    Evil("pfif-deep", lambda: _nested(2_000), None, 1, "xml"),
    Evil("pfif-very-deep", lambda: _nested(300_000), None, 1, "xml"),
    Evil("pfif-many-fields", lambda: pfif(_MANY_FIELDS), "L04", 0, "xml"),
    Evil("pfif-lone-note", lambda: pfif(_PERSON + _NOTE), "L49", 1, "xml"),
)
