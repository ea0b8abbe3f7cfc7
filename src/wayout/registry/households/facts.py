"""From survivors and families to what rules ask about a person."""

from collections.abc import Collection, Iterable, Mapping

from wayout.registry.eligibility.facts import Birth, Facts
from wayout.registry.survivor import Survivor


def facts_of(
    survivors: Iterable[Survivor],
    household: Mapping[str, str],
    arrival: Mapping[str, int],
    torn: Collection[str],
) -> tuple[Facts, ...]:
    """Facts of persons.

    ``household`` is that of each person, ``arrival`` the position of each one's first record,
    ``torn`` the households of which some are counted in another one.
    """
    return tuple(
        Facts(
            person=one.person,
            household=household[one.person],
            arrival=arrival[one.person],
            records=tuple(record.record for record in one.records),
            sources=one.sources,
            nationality=one.text("nationality"),
            employer=one.text("employer"),
            document_kind=one.text("document_kind"),
            has_document=one.value("document") is not None,
            birth=_birth(one),
            sex=one.text("sex"),
            needs=frozenset((one.text("needs") or "").split()),
            threat=one.text("threat"),
            place=one.text("place"),
            is_torn=household[one.person] in torn,
        )
        for one in survivors
    )


def _birth(survivor: Survivor) -> Birth | None:
    year = survivor.value("birth_year")
    if year is None:
        return None
    month, day = survivor.value("birth_month"), survivor.value("birth_day")
    return Birth(
        int(year), None if month is None else int(month), None if day is None else int(day)
    )
