"""XLSX and ODS files built by hand, part by part, so that anything can be wrong with them."""

import io
import zipfile
from collections.abc import Mapping

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
HEADER = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{word}</t></is></c>'
    for letter, word in zip("ABC", ("First Name", "Last Name", "Date of Birth"), strict=True)
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zipped file of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def cell(reference: str, text: str, attributes: str = "") -> str:
    """A cell with text of its own."""
    return f'<c r="{reference}" t="inlineStr" {attributes}><is><t>{text}</t></is></c>'


def row(number: int, *texts: str, attributes: str = "") -> str:
    """A row of cells from column A on."""
    cells = "".join(
        cell(f"{letter}{number}", text) for letter, text in zip("ABCDEFGH", texts, strict=False)
    )
    return f'<row r="{number}" {attributes}>{cells}</row>'


def sheet_xml(rows: str, before: str = "", after: str = "", prolog: str = "") -> str:
    """A sheet's part around its rows."""
    data = f"<sheetData>{rows}</sheetData>"
    return f"{_XML}{prolog}<worksheet {MAIN}>{before}{data}{after}</worksheet>"


def book(
    *sheets: str | bytes,
    states: tuple[str, ...] = (),
    extra: Mapping[str, str | bytes] | None = None,
    settings: str = "",
) -> bytes:
    """A workbook of sheets' parts."""
    listed, relations = [], []
    for number in range(1, len(sheets) + 1):
        state = f'state="{states[number - 1]}"' if states else ""
        listed.append(f'<sheet name="S{number}" sheetId="{number}" {state} r:id="r{number}"/>')
        relations.append(
            f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'{_XML}<workbook {MAIN} xmlns:r="{_OFFICE}">{settings}'
        f"<sheets>{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{space}">'
        f"{''.join(relations)}</Relationships>",
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": part for n, part in enumerate(sheets, start=1)}
    return zipped(parts | dict(extra or {}))


def header_row() -> str:
    """Given name, family name, date of birth."""
    return f'<row r="1">{HEADER}</row>'


def ods(body: str, styles: str = "", prolog: str = "") -> bytes:
    """An OpenDocument workbook of tables."""
    content = (
        f"{_XML}{prolog}<office:document-content {_ODS}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content})


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell with text."""
    return (
        f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods_row(*texts: str, attributes: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, texts))}</table:table-row>"


def ods_table(rows: str, name: str = "S1", attributes: str = "") -> str:
    """A table with a header of given and family name."""
    header = ods_row("First Name", "Last Name")
    return f'<table:table table:name="{name}" {attributes}>{header}{rows}</table:table>'


def pfif(body: str, prolog: str = "") -> bytes:
    """A PFIF 1.4 file."""
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{start}{prolog}<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">{body}</pfif:pfif>'.encode()


def person(**fields: str) -> str:
    """One person of a PFIF file."""
    inside = "".join(f"<pfif:{name}>{text}</pfif:{name}>" for name, text in fields.items())
    return f"<pfif:person>{inside}</pfif:person>"
