"""How each list looks: its file, its words, its script, its dates, what it says and does not."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Script(StrEnum):
    """In which script names are written; either: as each clerk likes."""

    LATIN = "latin"
    NATIVE = "native"
    EITHER = "either"


class Dates(StrEnum):
    """How dates are written."""

    ISO = "iso"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    DOTTED = "dotted"
    SOLAR = "solar Hijri"
    CELLS = "date cells of a spreadsheet"


@dataclass(frozen=True, slots=True)
class Style:
    """One list's look. ``headers`` has the list's own word for each field that it has."""

    name: str
    ending: str
    headers: dict[str, str]
    script: Script
    dates: Dates
    sexes: tuple[str, str]
    """Its words for female and male."""
    nations: dict[str, str]
    kinds: dict[str, str]
    """Its words for nations (by their alpha-3 code) and for kinds of documents."""
    phones: str = "international"
    delimiter: str = ","
    encoding: str = "utf-8"
    upper: bool = False
    own_digits: bool = False
    """Numbers in the digits of Dari and Pashto."""

    @property
    def fields(self) -> frozenset[str]:
        """What the list has a column for."""
        return frozenset(self.headers)


def _english(*fields: str) -> dict[str, str]:
    words = {
        "household": "Case No.",
        "given": "First Name",
        "family": "Last Name",
        "father": "Father's Name",
        "sex": "Gender",
        "birth": "Date of Birth",
        "phone": "Phone Number",
        "email": "E-mail",
        "document_kind": "Document Type",
        "document": "Document Number",
        "nationality": "Nationality",
        "place": "Current Location",
        "employer": "Employer",
        "needs": "Special Needs",
        "threat": "Threat",
        "note": "Remarks",
    }
    return {name: words[name] for name in fields or words}


_WORDS = {"AFG": "Afghan", "SYR": "Syrian", "IRQ": "Iraqi", "SDN": "Sudanese", "UKR": "Ukrainian"}
_CODES = {code: code for code in _WORDS}
_DARI = {"AFG": "افغان", "SYR": "سوریه", "IRQ": "عراق", "SDN": "سودان", "UKR": "اوکراین"}
_FRENCH = {
    "AFG": "afghane",
    "SYR": "syrienne",
    "IRQ": "irakienne",
    "SDN": "soudanaise",
    "UKR": "ukrainienne",
}
_PAPERS = {"tazkira": "Tazkira", "passport": "Passport", "identity-card": "ID card"}
_BASE = (
    Style(
        "embassy-desk",
        "csv",
        _english(),
        Script.LATIN,
        Dates.DAY_FIRST,
        ("F", "M"),
        _WORDS,
        _PAPERS,
        encoding="utf-8-sig",
    ),
    Style(
        "provincial-office",
        "xlsx",
        {
            "household": "شماره خانوار",
            "given": "نام",
            "family": "تخلص",
            "father": "نام پدر",
            "sex": "جنسیت",
            "birth": "تاریخ تولد",
            "phone": "شماره تلفن",
            "document_kind": "نوع سند",
            "document": "شماره سند",
            "nationality": "تابعیت",
            "place": "محل سکونت",
            "note": "ملاحظات",
        },
        Script.NATIVE,
        Dates.SOLAR,
        ("زن", "مرد"),
        _DARI,
        {"tazkira": "تذکره", "passport": "پاسپورت", "identity-card": "کارت هویت"},
        phones="national",
        own_digits=True,
    ),
    Style(
        "volontaires",
        "csv",
        {
            "given": "Prénom",
            "family": "Nom de famille",
            "sex": "Sexe",
            "birth": "Date de naissance",
            "phone": "Téléphone",
            "document_kind": "Type de document",
            "document": "N° du document",
            "nationality": "Nationalité",
            "place": "Ville",
            "note": "Remarques",
        },
        Script.LATIN,
        Dates.DOTTED,
        ("femme", "homme"),
        _FRENCH,
        {"tazkira": "tazkira", "passport": "passeport", "identity-card": "carte d'identité"},
        phones="zeros",
        delimiter=";",
        encoding="cp1252",
        upper=True,
    ),
    Style(
        "aid-agency",
        "xlsx",
        _english(
            "household",
            "given",
            "family",
            "father",
            "sex",
            "birth",
            "phone",
            "document_kind",
            "document",
            "nationality",
            "place",
            "needs",
            "note",
        ),
        Script.EITHER,
        Dates.CELLS,
        ("Female", "Male"),
        _CODES,
        _PAPERS,
        phones="spaced",
    ),
    Style(
        "hotline",
        "csv",
        {
            "given": "Ім'я",
            "family": "Прізвище",
            "father": "По батькові",
            "sex": "Стать",
            "birth": "Дата народження",
            "phone": "Телефон",
            "nationality": "Громадянство",
            "place": "Місто",
            "document_kind": "Тип документа",
            "document": "Номер документа",
            "note": "Примітки",
        },
        Script.NATIVE,
        Dates.ISO,
        ("жін", "чол"),
        _CODES,
        {"tazkira": "тазкіра", "passport": "паспорт", "identity-card": "посвідчення особи"},
        phones="international",
        delimiter="\t",
        encoding="utf-16",
    ),
)
"""Three of five say who belongs to which household."""


def styles(lists: int) -> tuple[Style, ...]:
    """The looks of so many lists; beyond five they come again under other names."""
    found = []
    for number in range(lists):
        turn, place = divmod(number, len(_BASE))
        base = _BASE[place]
        found.append(base if turn == 0 else replace(base, name=f"{base.name}-{turn + 1}"))
    return tuple(found)
