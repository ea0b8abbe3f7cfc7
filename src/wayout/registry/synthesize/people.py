"""Made-up households: who lives with whom, and what is true of each."""

from dataclasses import dataclass
from datetime import date, timedelta

from wayout.registry.records import Sex
from wayout.registry.synthesize.composing import Name
from wayout.registry.synthesize.draws import Draw, Weighted
from wayout.registry.synthesize.names import Culture, Half, family_name, for_sex, given_name
from wayout.registry.synthesize.places import Place, city, nation_of, telephone

TODAY = date(2021, 8, 1)
"""The day on which the made-up people have their ages."""

SHARES = {Culture.AFGHAN: 0.6, Culture.ARABIC: 0.2, Culture.UKRAINIAN: 0.2}
"""Share of households."""

_SIZES = {
    Culture.AFGHAN: (0.06, 0.11, 0.15, 0.18, 0.17, 0.14, 0.09, 0.06, 0.04),
    Culture.ARABIC: (0.08, 0.13, 0.17, 0.2, 0.17, 0.12, 0.08, 0.05),
    Culture.UKRAINIAN: (0.2, 0.3, 0.27, 0.16, 0.05, 0.02),
}
"""Share of households by how many live in them, from one upwards."""

_THREATS = ("threatened by name", "house searched", "relative detained")
_EMPLOYERS = ("embassy", "army interpreter", "aid organisation", "ministry", "newspaper", "school")


@dataclass(slots=True)
class Person:
    """One made-up person, as they truly are."""

    number: int
    household: int
    culture: Culture
    sex: Sex
    given: tuple[Name, ...]
    family: Name | None
    father: tuple[Name, ...]
    born: date
    phone: str
    email: str | None
    documents: tuple[tuple[str, str], ...]
    """Kind and number of each."""
    nation: str
    place: Place
    employer: str | None
    needs: str | None
    threat: str | None


@dataclass(frozen=True, slots=True)
class _Home:
    """What the members of one household have in common."""

    household: int
    culture: Culture
    half: Half
    family: Name | None
    place: Place
    phone: str
    nation: str


@dataclass(frozen=True, slots=True)
class _Role:
    """One member's part in the household; names that do not follow from it are drawn."""

    sex: Sex
    age: float
    given: tuple[Name, ...] | None = None
    father: tuple[Name, ...] | None = None
    own_family: bool = False
    """Came from another family and kept its name."""


def draw_people(count: int, half: Half, draw: Draw) -> list[list[Person]]:
    """So many people in whole households; the last one is cut if need be."""
    cultures, sizes = list(SHARES), {c: Weighted(share) for c, share in _SIZES.items()}
    shares = Weighted([SHARES[culture] for culture in cultures])
    homes: list[list[Person]] = []
    left = count
    while left:
        culture = cultures[shares.index(draw)]
        size = min(sizes[culture].index(draw) + 1, left)
        homes.append(_household(len(homes), culture, half, size, count - left, draw))
        left -= size
    return homes


def _household(
    household: int, culture: Culture, half: Half, size: int, first: int, draw: Draw
) -> list[Person]:
    phone = telephone(culture, draw)
    unnamed = culture is Culture.AFGHAN and draw.chance(0.06)
    home = _Home(
        household,
        culture,
        half,
        None if unnamed else family_name(culture, half, draw),
        city(culture, draw),
        phone,
        nation_of(phone),
    )
    members: list[Person] = []
    for role in _roles(home, size, draw):
        members.append(_person(first + len(members), home, role, members, draw))
    return members


def _roles(home: _Home, size: int, draw: Draw) -> list[_Role]:
    """A head, mostly a wife, children, and now and then a parent or a brother or sister."""
    if size == 1:
        alone = Sex.MALE if draw.chance(0.65) else Sex.FEMALE
        return [_Role(alone, 8 + 60 * draw.share())]
    head = given_name(home.culture, home.half, Sex.MALE, draw)
    grandfather = given_name(home.culture, home.half, Sex.MALE, draw)
    age = 22 + 38 * draw.share()
    kept = home.culture is not Culture.UKRAINIAN and draw.chance(0.6)
    roles = [_Role(Sex.FEMALE, age - 8 + 10 * draw.share(), own_family=kept)]
    if draw.chance(0.85):
        roles.insert(0, _Role(Sex.MALE, age, head, grandfather))
    while len(roles) < size and draw.chance(0.12):
        roles.append(_relative(age, grandfather, draw))
    oldest = max(1.0, min(age - 20, 24))
    for child in range(size - len(roles)):
        sex = Sex.MALE if draw.chance(0.51) else Sex.FEMALE
        age_of_child = max(0.1, oldest - child * (1 + 2 * draw.share()))
        roles.append(_Role(sex, age_of_child, father=head))
    return roles


def _relative(age: float, grandfather: tuple[Name, ...], draw: Draw) -> _Role:
    """A mother of the head, or a brother or sister of his."""
    if draw.chance(0.5):
        return _Role(Sex.FEMALE, age + 19 + 8 * draw.share(), own_family=True)
    sex = Sex.MALE if draw.chance(0.5) else Sex.FEMALE
    return _Role(sex, max(5.0, age - 12 + 20 * draw.share()), father=grandfather)


def _person(number: int, home: _Home, role: _Role, others: list[Person], draw: Draw) -> Person:
    culture, half, age = home.culture, home.half, role.age
    family = family_name(culture, half, draw) if role.own_family else home.family
    own_phone = others and age > 15 and draw.chance(0.55)
    return Person(
        number=number,
        household=home.household,
        culture=culture,
        sex=role.sex,
        given=role.given or _fresh_name(home, role.sex, others, draw),
        family=None if family is None else for_sex(family, culture, role.sex),
        father=role.father or given_name(culture, half, Sex.MALE, draw),
        born=TODAY - timedelta(days=int(age * 365.25) + draw.below(365)),
        phone=telephone(culture, draw, home.nation) if own_phone else home.phone,
        email=f"{_letters(draw)}@example.org" if age > 17 and draw.chance(0.12) else None,
        documents=_documents(culture, age, draw),
        nation=home.nation,
        place=home.place,
        employer=draw.pick(_EMPLOYERS) if age > 20 and draw.chance(0.2) else None,
        needs=_needs(age, draw),
        threat=draw.pick(_THREATS) if draw.chance(0.05) else None,
    )


def _fresh_name(home: _Home, sex: Sex, others: list[Person], draw: Draw) -> tuple[Name, ...]:
    """A given name that nobody else in the household bears, if one is found soon."""
    for _ in range(4):
        name = given_name(home.culture, home.half, sex, draw)
        if all(other.given != name for other in others):
            break
    return name


def _letters(draw: Draw) -> str:
    return "".join(chr(97 + draw.below(26)) for _ in range(9))


def _documents(culture: Culture, age: float, draw: Draw) -> tuple[tuple[str, str], ...]:
    """A paper of the country for nearly all, and a passport for a third."""
    papers = []
    if draw.chance(0.92 if age > 16 else 0.75):
        kind = "tazkira" if culture is Culture.AFGHAN else "identity-card"
        papers.append((kind, draw.digits(9) + str(draw.between(10, 99))))
    if draw.chance(0.35):
        letters = "".join(chr(65 + draw.below(26)) for _ in range(2))
        papers.append(("passport", letters + draw.digits(6)))
    return tuple(papers)


def _needs(age: float, draw: Draw) -> str | None:
    if draw.chance(0.004 if age < 60 else 0.03):
        return "stretcher"
    return "wheelchair" if draw.chance(0.006 if age < 60 else 0.08) else None
