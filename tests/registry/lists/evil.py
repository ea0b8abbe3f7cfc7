"""Files that lists can come as: hostile, broken, odd. Each is named for what is wrong with it."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

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

LINE = "First Name,Last Name,Date of Birth\n"
GOOD = LINE + "Amina,Karimi,1990-02-03\n"
LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)
LAUGHS += "]>"
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@dataclass(frozen=True)
class Evil:
    """A file, the code it must be answered with, and how many rows must still be there."""

    name: str
    make: Callable[[], bytes]
    code: str | None
    rows: int
    """0 with a code of an error: nothing is taken in."""
    ending: str = "csv"


def _csv(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding, "surrogatepass")


def _numbered(rows: int) -> bytes:
    return (LINE + "".join(f"A{n},B{n},1990\n" for n in range(rows))).encode()


def _noise() -> bytes:
    return random.Random(5).randbytes(5_000)


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
_WIDE = 'table:number-columns-repeated="16384"'
_COMPUTED = 'table:formula="of:=1"'
_TABLE = ods(ods_table(ods_row("Amina", "Karimi")))
_PERSON = person(person_record_id="a/1", source_date="2021-08-01T00:00:00Z", full_name="Amina K")

TEXTS = (
    Evil("plain", _csv(GOOD), None, 1),
    Evil("nul-bytes", _csv(LINE + "Am\0ina,Ka\0rimi,1990\n"), "L23", 1),
    Evil("escape-sequences", _csv(LINE + "\x1b[2JAmina,Karimi,1990\n"), "L23", 1),
    Evil("right-to-left-override", _csv(LINE + "\u202eanimA,Karimi,1990\n"), "L24", 1),
    Evil("isolates", _csv(LINE + "\u2067Amina\u2069,Karimi,1990\n"), "L24", 1),
    Evil("zero-width", _csv(LINE + "Am\u200bina,Karimi,1990\n"), "L24", 1),
    Evil("tag-characters", _csv(LINE + "Amina\U000e0041,Karimi,1990\n"), "L24", 1),
    Evil("formula-text", _csv(LINE + "=HYPERLINK(1),Karimi,1990\n"), "L21", 1),
    Evil("command-text", _csv(LINE + "@SUM(1),Karimi,1990\n"), "L21", 1),
    Evil("semicolons", _csv(GOOD.replace(",", ";")), None, 1),
    Evil("tabs", _csv(GOOD.replace(",", "\t")), None, 1),
    Evil("bars", _csv(GOOD.replace(",", "|")), None, 1),
    Evil("arabic-commas", _csv(GOOD.replace(",", "،")), None, 1),
    Evil("byte-order-mark", _csv(GOOD, "utf-8-sig"), None, 1),
    Evil("utf-16", _csv(GOOD, "utf-16"), None, 1),
    Evil("utf-16-be", lambda: b"\xfe\xff" + GOOD.encode("utf-16-be"), None, 1),
    Evil("utf-16-without-mark", _csv(GOOD, "utf-16-le"), "L09", 1),
    Evil("utf-32", _csv(GOOD, "utf-32"), None, 1),
    Evil("utf-16-cut", lambda: GOOD.encode("utf-16")[:-1], "L10", 1),
    Evil("western-page", _csv(LINE + "Hélène,Bérangère,1990\n", "cp1252"), "L09", 1),
    Evil("arabic-page", _csv("نام,تخلص\nمحمد,رحيمي\n", "cp1256"), "L09", 1),
    Evil("cyrillic-page", _csv("Ім'я,Прізвище\nОлена,Шевченко\n", "cp1251"), "L09", 1),
    Evil("few-bad-bytes", lambda: (GOOD + "محمد,رحیمی,1990\n").encode() + b"\xff,B,1990\n", "L10", 3),
    Evil("carriage-returns", _csv(GOOD.replace("\n", "\r")), None, 1),
    Evil("no-last-line-end", _csv(GOOD.rstrip()), None, 1),
    Evil("line-break-in-cell", _csv(LINE + '"Am\nina",Karimi,1990\n'), None, 1),
    Evil("ragged-long", _csv(LINE + "Amina,Karimi,1990,x,y\n"), "L28", 1),
    Evil("ragged-short", _csv(LINE + "Amina\n"), None, 1),
    Evil("blank-lines", _csv(LINE + "\n\nAmina,Karimi,1990\n\n"), None, 1),
    Evil("same-header-twice", _csv("First Name,First Name\nAmina,Fatima\n"), "L29", 1),
    Evil("blank-header", _csv("First Name,,Last Name\nAmina,x,Karimi\n"), "L28", 1),
    Evil("title-above", _csv("People of ward 4\n\n" + GOOD), "L15", 1),
    Evil("hashtags-below", _csv(LINE + "#name+first,#name+last,#date\nAmina,Karimi,1990\n"), None, 1),
    Evil("same-row-twice", _csv(GOOD + "Amina,Karimi,1990-02-03\n"), "L27", 2),
    Evil("quote-not-closed", _csv(LINE + '"Amina,Karimi,1990\nA,B,1990\nC,D,1990\n'), "L11", 0),
    Evil("quote-swallows", _csv(LINE + '"A,B,1990\nC,D,1990\nE,"F",1990\n'), "L11", 0),
    Evil("quote-inside", _csv(LINE + 'Ami"na,Karimi,1990\n'), None, 1),
    Evil("long-cell", _csv(LINE + "A" * 1_000_000 + ",Karimi,1990\n"), "L04", 0),
    Evil("million-columns", _csv("First Name," * 1_000_000 + "\n" + "A," * 1_000_000), "L04", 0),
    Evil("million-blank-columns", _csv(LINE.strip() + "," * 1_000_000 + "\nA,B,1990\n"), None, 1),
    Evil("too-many-rows", lambda: _numbered(200_010), "L04", 0),
    Evil("too-many-bytes", lambda: b"First Name\n" + b"A" * (65 * 1024 * 1024), "L04", 0),
    Evil("empty", lambda: b"", "L13", 0),
    Evil("only-a-mark", lambda: b"\xef\xbb\xbf", "L13", 0),
    Evil("only-blanks", lambda: b" \n\n\t\n", "L13", 0),
    Evil("no-header", _csv("Amina,Karimi\nFatima,Noori\n"), "L14", 0),
    Evil("only-a-header", _csv(LINE), None, 0),
    Evil("noise", _noise, None, 0),
    Evil("zeros", lambda: b"\0" * 100_000, "L13", 0),
    Evil("lone-surrogate", lambda: GOOD.encode() + b"\xed\xa0\x80,B,1990\n", "L09", 2),
    Evil("pdf", lambda: b"%PDF-1.7\n" + _noise(), "L02", 0),
    Evil("picture", lambda: b"\x89PNG\r\n\x1a\n" + _noise(), "L02", 0),
    Evil("packed", lambda: b"\x1f\x8b" + _noise(), "L02", 0),
    Evil("web-page", _csv("<!DOCTYPE html><html><table><tr><td>A"), "L02", 0),
    Evil("program", lambda: b"\x7fELF" + _noise(), "L02", 0),
)  # fmt: skip
BOOKS = (
    Evil("book", lambda: _BOOK, None, 1, "xlsx"),
    Evil("book-called-csv", lambda: _BOOK, None, 1, "csv"),
    Evil("csv-called-book", _csv(GOOD), None, 1, "xlsx"),
    Evil("bomb-in-sheet", _bomb_in_sheet, "L06", 0, "xlsx"),
    Evil("bomb-in-shared-texts", _bomb_in_shared, "L06", 0, "xlsx"),
    Evil("shared-text-repeated", _long_shared, "L04", 0, "xlsx"),
    Evil("million-rows", _million_rows, "L04", 0, "xlsx"),
    Evil("million-empty-rows", _empty_rows, None, 1, "xlsx"),
    Evil("far-column", lambda: book(sheet_xml(_FAR)), "L04", 0, "xlsx"),
    Evil("far-row", lambda: book(sheet_xml(header_row() + _LAST)), None, 1, "xlsx"),
    Evil("billion-laughs", lambda: book(sheet_xml(header_row(), prolog=LAUGHS)), "L07", 0, "xlsx"),
    Evil("outside-entity", lambda: book(sheet_xml(header_row(), prolog=EXTERNAL)), "L07", 0, "xlsx"),
    Evil("laughs-in-workbook", lambda: zipped({"xl/workbook.xml": LAUGHS + "<w/>"}), "L07", 0, "xlsx"),
    Evil("hidden-row", lambda: book(sheet_xml(header_row() + _HIDDEN)), "L16", 2, "xlsx"),
    Evil(
        "hidden-column",
        lambda: book(
            sheet_xml(
                header_row() + row(2, "A", "B"), before='<cols><col min="2" max="2" hidden="1"/></cols>'
            )
        ),
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
        lambda: book(
            sheet_xml(
                header_row() + row(2, "A"), after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
            )
        ),
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
    Evil("old-or-locked", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(), "L08", 0, "xlsx"),
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
    Evil("absurd-references", lambda: book(sheet_xml(header_row() + '<row r="x"><c r="!"><v>1</v></c></row>')), None, 1, "xlsx"),
    Evil("sheet-is-no-xml", lambda: book(_noise()), "L03", 0, "xlsx"),
    Evil("ods", lambda: _TABLE, None, 1, "ods"),
    Evil("ods-laughs", lambda: ods("", prolog=LAUGHS), "L07", 0, "ods"),
    Evil("ods-hidden-row", lambda: ods(ods_table(ods_row("A", "B", attributes='table:visibility="filter"'))), "L16", 1, "ods"),
    Evil(
        "ods-hidden-sheet",
        lambda: ods(
            ods_table(ods_row("A", "B"), attributes='table:style-name="h"'),
            styles='<style:style style:name="h"><style:table-properties table:display="false"/></style:style>',
        ),
        "L18",
        1,
        "ods",
    ),
    Evil("ods-repeated-rows", lambda: ods(ods_table(ods_row("A", attributes='table:number-rows-repeated="1048576"'))), "L04", 0, "ods"),
    Evil("ods-blank-repeated", lambda: ods(ods_table(ods_row("A") + ods_row("", attributes='table:number-rows-repeated="1048570"'))), None, 1, "ods"),
    Evil("ods-repeated-columns", lambda: ods(ods_table(f"<table:table-row>{ods_cell('A', _WIDE)}</table:table-row>")), "L04", 0, "ods"),
    Evil("ods-formula", lambda: ods(ods_table(f"<table:table-row>{ods_cell('A', _COMPUTED)}</table:table-row>")), "L20", 1, "ods"),
    Evil("ods-cut", lambda: _cut(_TABLE, 0.7), "L03", 0, "ods"),
)  # fmt: skip
MARKED_UP = (
    Evil("pfif", lambda: pfif(_PERSON), None, 1, "xml"),
    Evil("pfif-laughs", lambda: pfif(person(full_name="&i;"), LAUGHS), "L07", 0, "xml"),
    Evil("pfif-outside-entity", lambda: pfif(person(full_name="&e;"), EXTERNAL), "L07", 0, "xml"),
    Evil("pfif-outside-type", lambda: pfif(_PERSON, '<!DOCTYPE p SYSTEM "http://x/y">'), "L07", 0, "xml"),
    Evil("pfif-cut", lambda: _cut(pfif(_PERSON), 0.8), "L03", 0, "xml"),
    Evil("pfif-utf-16", lambda: pfif(_PERSON).decode().replace("UTF-8", "UTF-16").encode("utf-16"), None, 1, "xml"),
    Evil("pfif-nobody", lambda: pfif(""), None, 0, "xml"),
    Evil("pfif-long-field", lambda: pfif(person(full_name="A" * 200_000)), "L04", 0, "xml"),
    Evil("pfif-deep", lambda: _nested(2_000), None, 1, "xml"),
    Evil("pfif-very-deep", lambda: _nested(300_000), None, 1, "xml"),
    Evil("pfif-many-fields", lambda: pfif(person(**{f"f{n}": "x" for n in range(500)})), "L04", 0, "xml"),
    Evil("pfif-lone-note", lambda: pfif(_PERSON + "<pfif:note><pfif:text>x</pfif:text></pfif:note>"), "L49", 1, "xml"),
)  # fmt: skip
ALL = (*TEXTS, *BOOKS, *MARKED_UP)
