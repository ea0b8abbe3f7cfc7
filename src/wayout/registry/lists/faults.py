"""What can be wrong with a list, as stable codes; a fault is a warning or stops the import.

An error means that nothing of the list was taken in and the file is as it was. A warning means that
the row is kept with every cell as it stands, and that something in it was not understood.
"""

from dataclasses import dataclass
from enum import StrEnum

from wayout.findings import Finding, Severity, Where


class Fault(StrEnum):
    """A code of importing; ``MEANINGS`` says what each stands for."""

    NOT_A_FILE = "L01"
    KIND = "L02"
    DAMAGED = "L03"
    TOO_LARGE = "L04"
    TOO_MUCH = "L05"
    BOMB = "L06"
    DECLARATION = "L07"
    LOCKED = "L08"
    ENCODING = "L09"
    BAD_BYTES = "L10"
    QUOTES = "L11"
    RAGGED = "L12"
    EMPTY = "L13"
    NO_HEADER = "L14"
    ABOVE_HEADER = "L15"
    HIDDEN_ROWS = "L16"
    HIDDEN_COLUMNS = "L17"
    HIDDEN_SHEET = "L18"
    SHEET_LEFT_OUT = "L19"
    FORMULA = "L20"
    FORMULA_TEXT = "L21"
    CELL_ERROR = "L22"
    CONTROL = "L23"
    DIRECTION = "L24"
    MERGED = "L25"
    MACROS = "L26"
    SAME_ROW = "L27"
    UNKNOWN_COLUMN = "L28"
    TWO_COLUMNS = "L29"
    DAY_MONTH = "L30"
    MIXED_DATES = "L31"
    DATE = "L32"
    LUNAR = "L33"
    PHONE = "L34"
    PHONES = "L35"
    PHONE_DIGITS = "L36"
    DOCUMENT = "L37"
    DOCUMENT_KIND = "L38"
    SEX = "L39"
    NATION = "L40"
    NEEDS = "L41"
    NO_GIVEN = "L42"
    NO_NAME = "L43"
    EMAIL = "L44"
    AGE = "L45"
    REGION = "L46"
    SPLIT_NAME = "L47"
    EXPIRED = "L48"
    LONE_NOTES = "L49"


MEANINGS: dict[Fault, str] = {
    Fault.NOT_A_FILE: "There is no such file, or it cannot be opened.",
    Fault.KIND: "Neither a CSV nor an XLSX, ODS or PFIF file, whatever its name says.",
    Fault.DAMAGED: "The file is damaged or cut off.",
    Fault.TOO_LARGE: "More rows, columns, sheets, bytes or characters than a list may have.",
    Fault.TOO_MUCH: "Reading it took more memory or time than a list may take.",
    Fault.BOMB: "It unpacks to far more than it is: made to fill the memory.",
    Fault.DECLARATION: "The XML declares entities or a document type, which a list never needs.",
    Fault.LOCKED: "The file is locked with a password, or is an old binary workbook.",
    Fault.ENCODING: "The text is not UTF-8; the most likely encoding was used.",
    Fault.BAD_BYTES: "Bytes that are no letters; they are kept as `\\xNN`.",
    Fault.QUOTES: "A quotation mark that is not closed swallows the rows after it.",
    Fault.RAGGED: "A row with more cells than there are headers; they are kept.",
    Fault.EMPTY: "There is nothing in it.",
    Fault.NO_HEADER: "No row was recognised as the headers of columns.",
    Fault.ABOVE_HEADER: "Rows above the headers; they are kept with the first row.",
    Fault.HIDDEN_ROWS: "Rows that the file hides; they are taken in and marked.",
    Fault.HIDDEN_COLUMNS: "Columns that the file hides; they are taken in.",
    Fault.HIDDEN_SHEET: "A sheet that the file hides; it is taken in and marked.",
    Fault.SHEET_LEFT_OUT: "A sheet without known headers; it was not taken in.",
    Fault.FORMULA: "A formula: the value that was last computed was taken.",
    Fault.FORMULA_TEXT: "Text that a spreadsheet would run as a formula; it is text here.",
    Fault.CELL_ERROR: "A cell that holds a spreadsheet's error, such as `#REF!`.",
    Fault.CONTROL: "A NUL or another control character; it is kept, and left out when compared.",
    Fault.DIRECTION: "Characters that turn the direction of writing or are invisible; as above.",
    Fault.MERGED: "Merged cells; the value stands in the first of them only.",
    Fault.MACROS: "The workbook has macros; they were not run.",
    Fault.SAME_ROW: "The row is the same as an earlier one; both are kept.",
    Fault.UNKNOWN_COLUMN: "A column that was not understood; it is kept as it stands.",
    Fault.TWO_COLUMNS: "Two columns for one thing; the first that says something counts.",
    Fault.DAY_MONTH: "Nothing in the column tells the day from the month.",
    Fault.MIXED_DATES: "A column with the day first in some rows and the month first in others.",
    Fault.DATE: "A date that cannot be read.",
    Fault.LUNAR: "A lunar Hijri date; its year only was taken.",
    Fault.PHONE: "A telephone number that cannot be one.",
    Fault.PHONES: "Several telephone numbers in one cell; the first was taken.",
    Fault.PHONE_DIGITS: "A number whose last digits a spreadsheet has rounded away.",
    Fault.DOCUMENT: "A document's number that cannot be one.",
    Fault.DOCUMENT_KIND: "A kind of document that is not known; it is kept as written.",
    Fault.SEX: "A word for the sex that is not known.",
    Fault.NATION: "A nationality that is not known; it is kept as written.",
    Fault.NEEDS: "A need that is not known; it is kept as written.",
    Fault.NO_GIVEN: "No given name.",
    Fault.NO_NAME: "No name at all.",
    Fault.EMAIL: "An e-mail address that cannot be one.",
    Fault.AGE: "An age that cannot be one.",
    Fault.REGION: "Telephone numbers without a country's number; the country was inferred.",
    Fault.SPLIT_NAME: "One column for whole names; the last word was taken as the family's.",
    Fault.EXPIRED: "The record says that it should have been deleted by now.",
    Fault.LONE_NOTES: "Notes about people who are not in the file; they were not taken in.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in words, with the row and column as far as they are known, and no cell's content."""

    fault: Fault
    message: str
    cure: str
    stops: bool = False
    row: int | None = None
    column: str | None = None

    def at(self, file: str) -> Finding:
        """The finding, in a file (and sheet) of that name."""
        severity = Severity.ERROR if self.stops else Severity.WARNING
        where = Where(file, self.row, self.column)
        return Finding(self.fault.value, severity, where, self.message, self.cure)


class Unreadable(Exception):  # noqa: N818 - it carries a problem and never leaves this package
    """Reading cannot go on."""

    def __init__(self, fault: Fault, message: str, cure: str, row: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(fault, message, cure, stops=True, row=row)
