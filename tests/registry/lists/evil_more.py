"""More hostile, broken and odd files, made by kind: signs, starts of cells, errors, marks, cuts."""

import io
import zipfile
import zlib
from functools import partial

from tests.registry.lists.books import book, header_row, ods, ods_row, ods_table, row, sheet_xml
from tests.registry.lists.evil import GOOD, LINE, Evil, encoded, noise

_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = (0x00AD, 0x180E, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF, 0xE0001, 0xE0061)
_CONTROLS = (
    *range(0x01, 0x09),
    0x0B,
    0x0E,
    0x0F,
    0x10,
    0x1A,
    0x1B,
    0x7F,
    0x80,
    0x82,
    0x84,
    0x9B,
    0x9F,
)
_RUNS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1+1)", '=IMPORTXML("http://x","//a")', "=DDE(1)")
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_NO_LISTS = {
    "gif": b"GIF89a",
    "jpeg": b"\xff\xd8\xff\xe0",
    "pdf-late": b"%PDF-2.0",
    "elf": b"\x7fELF\x02",
    "gzip": b"\x1f\x8b\x08\x00",
    "png": b"\x89PNG\r\n\x1a\n",
    "html": b"<!doctype html><script>",
    "html-upper": b"<!DOCTYPE HTML><BODY>",
}
_PAGES = (
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1256",
    "iso8859_5",
    "iso8859_6",
    "koi8_u",
    "mac_cyrillic",
)


def _signs(kind: str, signs: tuple[int, ...], code: str | None) -> list[Evil]:
    """Each sign inside a name of a table."""
    return [
        Evil(f"{kind}-{sign:04x}", encoded(f"{LINE}Am{chr(sign)}ina,Karimi,1990\n"), code, 1)
        for sign in signs
    ]


def _error_cell(error: str) -> bytes:
    text = f'<c r="A2" t="e"><v>{error}</v></c><c r="B2" t="inlineStr"><is><t>K</t></is></c>'
    return book(sheet_xml(header_row() + f'<row r="2">{text}</row>'))


def _cut_book(share: float) -> bytes:
    whole = book(sheet_xml(header_row() + row(2, "Amina", "Karimi")))
    return whole[: int(len(whole) * share)]


def _nested_zip(depth: int) -> bytes:
    data = b"a list, they said"
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", data)
        data = out.getvalue()
    return data


def _ods_rows(number: int) -> bytes:
    return ods(ods_table("".join(ods_row(f"A{n}", f"K{n}") for n in range(number))))


def _with_noise(start: bytes) -> bytes:
    return start + noise()


MORE = (
    *_signs("turning", _TURNING, "L24"),
    *_signs("unseen", _UNSEEN, "L24"),
    *_signs("control", _CONTROLS, "L23"),
    *(
        Evil(
            f"runs-{number}",
            encoded(f'{LINE}"{text.replace(chr(34), chr(34) * 2)}",K,1990\n'),
            "L21",
            1,
        )
        for number, text in enumerate(_RUNS)
    ),
    *(
        Evil(f"error-{number}", partial(_error_cell, error), "L22", 1, "xlsx")
        for number, error in enumerate(_ERRORS)
    ),
    *(
        Evil(f"no-list-{name}", partial(_with_noise, start), "L02", 0)
        for name, start in _NO_LISTS.items()
    ),
    *(Evil(f"page-{page}", partial(GOOD.encode, page), None, 1) for page in _PAGES),
    *(
        Evil(f"cut-{share}", partial(_cut_book, share / 10), "L03", 0, "xlsx")
        for share in range(1, 10)
    ),
    *(
        Evil(f"zips-{depth}", partial(_nested_zip, depth), "L02", 0, "xlsx")
        for depth in range(1, 6)
    ),
    *(
        Evil(f"ods-rows-{number}", partial(_ods_rows, number), None, number, "ods")
        for number in (1, 2, 50)
    ),
    Evil("deflated-only", lambda: zlib.compress(GOOD.encode()), None, 0),
)
