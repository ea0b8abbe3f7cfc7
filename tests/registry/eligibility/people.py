"""A few synthetic people, by household."""

from dataclasses import replace

from wayout.registry.eligibility.facts import Birth, Facts


def person(name: str, household: str, **known: object) -> Facts:
    facts = Facts(person=name, household=household, arrival=len(name), records=(f"r-{name}",))
    return replace(facts, **known)  # type: ignore[arg-type]  # names are checked by replace


ADULT = Birth(1980, 5, 4)
CHILD = Birth(2012, 3, 1)
OLD = Birth(1940)

FAMILY = (
    person("ali", "h1", birth=ADULT, nationality="GBR", sex="m", place="Kabul"),
    person("bibi", "h1", birth=Birth(1984), nationality="AFG", sex="f", place="Kabul"),
    person("child", "h1", birth=CHILD, nationality="AFG", place="Kabul"),
)
ALONE = (person("daud", "h2", birth=CHILD, nationality="AFG", place="Herat"),)
WORKER = (
    person("esmat", "h3", birth=ADULT, nationality="AFG", employer="British Council", sex="m"),
)
UNKNOWN = (person("f", "h4"),)
EVERYBODY = (*FAMILY, *ALONE, *WORKER, *UNKNOWN)
