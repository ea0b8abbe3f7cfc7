"""What one list says of one person: the truth, as this clerk heard it and typed it."""

import calendar
from dataclasses import dataclass
from datetime import date

from wayout.registry.lists.calendars import precision_of
from wayout.registry.records import DatePrecision, Record, Sex
from wayout.registry.synthesize.composing import Name
from wayout.registry.synthesize.draws import Draw
from wayout.registry.synthesize.names import Culture
from wayout.registry.synthesize.people import TODAY, Person
from wayout.registry.synthesize.places import city, telephone
from wayout.registry.synthesize.rates import Rates
from wayout.registry.synthesize.spelling import latin_of, mistyped, noisy, wrong_digit
from wayout.registry.synthesize.styles import Dates, Script, Style
from wayout.registry.synthesize.ukrainian import patronymic, romanised

MARK = "SYNTHETIC"
"""Stands in every row that is made up."""

ODD_KINDS = ("facilitation document", "letter of support", "scan attached", "see file", "paper")
BAD_DOCUMENTS = ("N/A", "unknown", "0000000", "in process", "12", "lost", "to be checked")
"""What lists hold in place of a document's number: nothing that can be compared."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of one list: what can be read of it, and what stands where nothing can be read."""

    record: Record
    bad_document: str | None = None


class Clerk:
    """Writes one list, with the faults of its setting."""

    def __init__(self, style: Style, rates: Rates, draw: Draw) -> None:
        self.style, self.rates, self.draw = style, rates, draw

    def state(self, person: Person, household: str | None) -> Statement:
        """What the list says of a person."""
        draw, rates, style = self.draw, self.rates, self.style
        latin = style.script is Script.LATIN or (style.script is Script.EITHER and draw.chance(0.6))
        given, family = self._names(person, latin)
        year, month, day, precision = self._birth(person.born)
        kind, number, bad = self._document(person)
        said: dict[str, str | None] = {
            "household": household,
            "given": given,
            "family": family,
            "father": self._father(person, latin),
            "sex": None if draw.chance(rates.sex_missing) else person.sex.value,
            "phone": self._phone(person),
            "email": person.email,
            "document": number,
            "document_kind": kind,
            "nationality": person.nation,
            "place": self._place(person, latin),
            "employer": person.employer,
            "needs": person.needs,
            "threat": person.threat,
        }
        kept = {name: value for name, value in said.items() if name in style.fields}
        record = Record(
            record=draw.digits(12) + draw.digits(12),
            source=style.name,
            birth_year=year,
            birth_month=month,
            birth_day=day,
            birth_precision=precision,
            note=MARK,
            **kept,
        )
        return Statement(record, bad)

    def _written(self, name: Name, latin: bool) -> str:
        """One part of a name, in one of its spellings."""
        draw, rates = self.draw, self.rates
        text = latin_of(name, draw.chance(rates.variant), draw) if latin else name.native
        return noisy(text, draw) if draw.chance(rates.rule_noise) else text

    def _part(self, name: Name, latin: bool) -> str:
        """One part of a given name, now and then its first letter only."""
        text = self._written(name, latin)
        return f"{text[0]}." if self.draw.chance(self.rates.initial_only) else text

    def _names(self, person: Person, latin: bool) -> tuple[str | None, str | None]:
        draw, rates = self.draw, self.rates
        parts = person.given
        if len(parts) > 1 and draw.chance(rates.dropped_part):
            parts = (parts[draw.below(len(parts))],)
        given = " ".join(self._part(part, latin) for part in parts)
        family = self._family(person, latin)
        if draw.chance(rates.typo):
            given = mistyped(given, draw)
        if family and draw.chance(rates.typo):
            family = mistyped(family, draw)
        if family and draw.chance(rates.swapped):
            given, family = family, given
        missing = draw.chance(rates.no_given)
        return (None if missing else self._cased(given)), self._cased(family)

    def _family(self, person: Person, latin: bool) -> str | None:
        if self.draw.chance(self.rates.no_family):
            return None
        if person.culture is not Culture.UKRAINIAN and self.draw.chance(
            self.rates.father_as_family
        ):
            return self._written(person.father[-1], latin)
        return None if person.family is None else self._written(person.family, latin)

    def _father(self, person: Person, latin: bool) -> str | None:
        if "father" not in self.style.fields or self.draw.chance(self.rates.father_missing):
            return None
        if person.culture is Culture.UKRAINIAN:
            native = patronymic(person.father[-1].native, person.sex is Sex.FEMALE)
            return self._cased(romanised(native) if latin else native)
        parts = person.father
        if len(parts) > 1 and self.draw.chance(self.rates.dropped_part):
            parts = parts[-1:]
        return self._cased(" ".join(self._written(part, latin) for part in parts))

    def _cased(self, text: str | None) -> str | None:
        plain = " ".join(text.split()) if text else None
        return plain.upper() if plain and self.style.upper else plain

    def _birth(self, born: date) -> tuple[int | None, int | None, int | None, str | None]:
        draw, rates = self.draw, self.rates
        share = draw.share()
        if share < rates.birth_missing:
            return None, None, None, None
        year = born.year
        if draw.chance(rates.birth_year_off):
            years = draw.pick((-2, -1, 1, 2))
            year += years if year + years < TODAY.year else -abs(years)
        if draw.chance(rates.first_january / (1 - rates.birth_missing)):
            return year, 1, 1, DatePrecision.DEFAULT
        if draw.chance(rates.birth_year_only):
            return year, None, None, DatePrecision.YEAR
        month, day = born.month, born.day
        exchange = day <= 12 and draw.chance(rates.birth_exchanged / (12 / 30.4))
        if exchange and date(year, day, month) <= TODAY:
            month, day = day, month
        day = min(day, calendar.monthrange(year, month)[1])
        solar = self.style.dates is Dates.SOLAR
        return year, month, day, precision_of(date(year, month, day), solar)

    def _phone(self, person: Person) -> str | None:
        draw, rates = self.draw, self.rates
        if draw.chance(rates.phone_missing):
            return None
        if draw.chance(rates.phone_other):
            return telephone(person.culture, draw, person.nation)
        return wrong_digit(person.phone, draw) if draw.chance(rates.phone_digit) else person.phone

    def _document(self, person: Person) -> tuple[str | None, str | None, str | None]:
        """Kind, number, and what stands in place of a number that is not one."""
        draw, rates = self.draw, self.rates
        if "document" not in self.style.fields:
            return None, None, None
        odd = draw.pick(ODD_KINDS) if draw.chance(rates.odd_kind) else None
        if draw.chance(rates.bad_document):
            return odd, None, draw.pick(BAD_DOCUMENTS)
        if not person.documents or draw.chance(rates.document_missing):
            return odd, None, None
        kind, number = draw.pick(person.documents)
        if draw.chance(rates.document_typo):
            number = wrong_digit(number, draw)
        return odd or kind, number, None

    def _place(self, person: Person, latin: bool) -> str:
        draw, rates = self.draw, self.rates
        place = city(person.culture, draw) if draw.chance(rates.place_other) else person.place
        if not latin:
            return place.native
        return draw.pick(place.latin) if draw.chance(rates.place_alias) else place.latin[0]
