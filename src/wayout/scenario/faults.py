"""What can be wrong with a scenario's files, as stable codes.

Reading never stops at the first fault: each becomes a finding with its place and its cure.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wayout.findings import Finding, Severity, Where

SHOWN_CHARACTERS = 40
"""How much of a faulty cell a message quotes."""


class Fault(StrEnum):
    """A code of reading; ``MEANINGS`` says what each stands for."""

    MISSING = "F01"
    NOT_A_FILE = "F02"
    UNKNOWN_FILE = "F03"
    EMPTY = "F04"
    BYTE_ORDER_MARK = "F05"
    SEPARATOR = "F06"
    ENCODING = "F07"
    CONTROL_CHARACTER = "F08"
    TOO_LARGE = "F09"
    RAGGED = "F10"
    DUPLICATE_COLUMN = "F11"
    QUOTES = "F12"
    UNKNOWN_COLUMN = "F13"
    MISSING_COLUMN = "F14"
    BLANK = "F15"
    NOT_A_NUMBER = "F16"
    COMMA = "F17"
    NOT_WHOLE = "F18"
    NOT_FINITE = "F19"
    OUT_OF_RANGE = "F20"
    NOT_A_CHOICE = "F21"
    NOT_YES_NO = "F22"
    NOT_A_TIME = "F23"
    NO_OFFSET = "F24"
    ABSURD_TIME = "F25"
    NOT_A_MINUTE = "F26"
    UNLIMITED = "F27"
    SYNTAX = "F28"
    UNKNOWN_KEY = "F29"
    WRONG_TYPE = "F30"
    NOBODY = "F31"
    NOT_A_BOOK = "F32"
    MERGED = "F33"
    HIDDEN = "F34"
    FORMULA = "F35"
    LIST = "F36"
    FIGURE_NAME = "F37"


MEANINGS: dict[Fault, str] = {
    Fault.MISSING: "A file, folder or sheet that must be there is not.",
    Fault.NOT_A_FILE: "A folder stands where a file is expected, or the file cannot be opened.",
    Fault.UNKNOWN_FILE: "A table or sheet that a scenario does not have.",
    Fault.EMPTY: "A file or sheet without a header row.",
    Fault.BYTE_ORDER_MARK: "A byte order mark at the start of a file; it is ignored.",
    Fault.SEPARATOR: "Cells separated by semicolons or tabs instead of commas.",
    Fault.ENCODING: "Text that is not UTF-8.",
    Fault.CONTROL_CHARACTER: "A NUL byte or another control character.",
    Fault.TOO_LARGE: "More rows, bytes or characters in a cell than the limits below allow.",
    Fault.RAGGED: "A row with more or fewer cells than the header.",
    Fault.DUPLICATE_COLUMN: "Two columns of one name, or two settings of one name.",
    Fault.QUOTES: "A quotation mark that is not closed, or text after a closing one.",
    Fault.UNKNOWN_COLUMN: "A column that the table does not have.",
    Fault.MISSING_COLUMN: "A column that has no default is not there.",
    Fault.BLANK: "A blank cell where a value must be written.",
    Fault.NOT_A_NUMBER: "Neither a number nor the name of a figure.",
    Fault.COMMA: "A comma inside a number.",
    Fault.NOT_WHOLE: "A fraction where a whole number is needed.",
    Fault.NOT_FINITE: "`nan` or `inf`.",
    Fault.OUT_OF_RANGE: "A number that is negative or too large for its column.",
    Fault.NOT_A_CHOICE: "A word that is none of the column's choices.",
    Fault.NOT_YES_NO: "Neither `yes` nor `no`.",
    Fault.NOT_A_TIME: "Not a time in ISO 8601.",
    Fault.NO_OFFSET: "A time without an offset from UTC.",
    Fault.ABSURD_TIME: "A time more than five years from the start, or a start outside 1900-2199.",
    Fault.NOT_A_MINUTE: "A time with seconds.",
    Fault.UNLIMITED: "`unlimited` in a column that is not a limit.",
    Fault.SYNTAX: "A line of `scenario.toml` that is not TOML.",
    Fault.UNKNOWN_KEY: "A setting that a scenario does not have.",
    Fault.WRONG_TYPE: "A setting with a value of the wrong type.",
    Fault.NOBODY: "Neither `parties.csv` nor `demand.csv`.",
    Fault.NOT_A_BOOK: "A book that cannot be opened as XLSX.",
    Fault.MERGED: "Merged cells in a book; only the first of them holds the value.",
    Fault.HIDDEN: "A hidden sheet in a book; it is read like the others.",
    Fault.FORMULA: "A formula in a book: its last value may be stale or absent.",
    Fault.LIST: "Words of a list separated by commas or semicolons instead of spaces.",
    Fault.FIGURE_NAME: "A figure whose name is a number or `unlimited`.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault with its words, before it is known where it stands."""

    fault: Fault
    message: str
    cure: str

    def at(self, where: Where, severity: Severity = Severity.ERROR) -> Finding:
        """The finding at a place."""
        return Finding(self.fault.value, severity, where, self.message, self.cure)


def quoted(text: str) -> str:
    """A cell's text for a message, shortened."""
    flat = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return "'" + flat.replace("\n", "\\n").replace("\t", "\\t") + "'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like ``word``, or None when none is alike."""
    spelled = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.strip().casefold(), spelled, n=1, cutoff=0.6)
    return spelled[close[0]] if close else None


def one_of(word: str, known: Iterable[str]) -> str:
    """The cure for an unknown word: the nearest known one, or all of them."""
    names = list(known)
    close = nearest(word, names)
    return f"Did you mean '{close}'?" if close else f"Write one of: {', '.join(names)}."
