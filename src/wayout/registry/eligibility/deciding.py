"""Applies rules to people: a major and a minor each, and the reason.

A condition on something that no list says is neither true nor false. Rules are tried in order; the
first that surely holds decides, and those before it that might hold are kept as open questions, so
that nobody is ranked low for a blank cell without it being seen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from wayout.registry.eligibility.facts import Facts, is_child, without_adult
from wayout.registry.eligibility.rules import Condition, Rule, Rules

OTHERWISE = "no rule before it holds"
Truth = bool | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A person's place in the rules: what was given, by which rules, and what is still open.

    ``open_rules`` would have given something better if what they ask for were known and so.
    """

    person: str
    household: str
    major: str
    minor: str
    major_rule: str
    minor_rule: str
    open_rules: tuple[str, ...] = ()

    @property
    def priority(self) -> str:
        """As a scenario's parties have it: ``III-D``."""
        return f"{self.major}-{self.minor}"


@dataclass(frozen=True, slots=True)
class _Family:
    """What rules ask about a person's household."""

    unaccompanied: Truth
    with_children: Truth
    majors: frozenset[str]


def rank(people: Iterable[Facts], rules: Rules, on: date) -> tuple[Ranking, ...]:
    """Rank people as of a day, in the order given.

    Rules on the family's majors see those that follow from everything else: whoever is II as
    family of somebody makes nobody else II.
    """
    everybody = tuple(people)
    households: dict[str, list[Facts]] = defaultdict(list)
    for facts in everybody:
        households[facts.household].append(facts)
    own = {facts.person: _major(facts, rules, on, None) for facts in everybody}
    families = {
        facts.person: _family(facts, households[facts.household], own, on) for facts in everybody
    }
    return tuple(_ranking(facts, rules, on, families[facts.person]) for facts in everybody)


def _family(
    facts: Facts, household: list[Facts], own: dict[str, tuple[str, str, tuple[str, ...]]], on: date
) -> _Family:
    children = [is_child(member, on) for member in household]
    mine = is_child(facts, on)
    alone = False if mine is False else without_adult(household, on)
    others = frozenset(
        own[member.person][0] for member in household if member.person != facts.person
    )
    return _Family(_all((mine, alone)), _all((_negation(mine), _any(children))), others)


def _ranking(facts: Facts, rules: Rules, on: date, family: _Family) -> Ranking:
    major, major_rule, open_majors = _major(facts, rules, on, family)
    minor, minor_rule, open_minors = _first(
        rules.minors, rules.other_minor, lambda rule: _holds(rule, facts, rules, on, family)
    )
    return Ranking(
        facts.person,
        facts.household,
        major,
        minor,
        major_rule,
        minor_rule,
        (*open_majors, *open_minors),
    )


def _major(
    facts: Facts, rules: Rules, on: date, family: _Family | None
) -> tuple[str, str, tuple[str, ...]]:
    return _first(
        rules.majors, rules.other_major, lambda rule: _holds(rule, facts, rules, on, family)
    )


def _first(
    rules: tuple[Rule, ...], otherwise: str, holds: Callable[[Rule], Truth]
) -> tuple[str, str, tuple[str, ...]]:
    """What the first rule that surely holds gives, its name, and the rules open before it."""
    might: list[Rule] = []
    for rule in rules:
        truth = holds(rule)
        if truth:
            return rule.gives, rule.name, _open(might, rule.gives)
        if truth is None:
            might.append(rule)
    return otherwise, OTHERWISE, _open(might, otherwise)


def _open(might: list[Rule], given: str) -> tuple[str, ...]:
    return tuple(rule.name for rule in might if rule.gives != given)


def _holds(rule: Rule, facts: Facts, rules: Rules, on: date, family: _Family | None) -> Truth:
    return _all(_true(condition, facts, rules, on, family) for condition in rule.conditions)


def _true(
    condition: Condition, facts: Facts, rules: Rules, on: date, family: _Family | None
) -> Truth:
    if condition.key in ("age_from", "age_below"):
        return _age(condition, facts, on)
    if condition.key == "family_of":
        return family is not None and bool(family.majors & set(condition.values))
    if condition.key in ("unaccompanied", "with_children"):
        truth = None if family is None else getattr(family, condition.key)
        return _as_wanted(truth, condition.wanted)
    if condition.key in _FLAGS:
        return _as_wanted(_FLAGS[condition.key](facts, rules), condition.wanted)
    return _WORDS[condition.key](facts, condition.values)


def _age(condition: Condition, facts: Facts, on: date) -> Truth:
    if facts.birth is None:
        return None
    least, most = facts.birth.years(on)
    if condition.key == "age_from":
        return True if least >= condition.number else False if most < condition.number else None
    return True if most < condition.number else False if least >= condition.number else None


def _as_wanted(truth: Truth, wanted: bool) -> Truth:
    return truth if wanted else _negation(truth)


def _matches(value: str | None, patterns: tuple[str, ...]) -> Truth:
    """Whether a text is one of some, in whichever case; * in them stands for any letters."""
    if not patterns:
        return False
    if value is None:
        return None
    text = value.casefold().strip()
    return any(fnmatchcase(text, pattern.casefold()) for pattern in patterns)


_FLAGS: dict[str, Callable[[Facts, Rules], Truth]] = {
    "citizen": lambda facts, rules: _matches(facts.nationality, rules.citizens),
    "employed": lambda facts, rules: _matches(facts.employer, rules.employers),
    "has_document": lambda facts, _: facts.has_document,
    "threatened": lambda facts, _: facts.threat is not None,
}

_WORDS: dict[str, Callable[[Facts, tuple[str, ...]], Truth]] = {
    "nationality": lambda facts, words: _matches(facts.nationality, words),
    "employer": lambda facts, words: _matches(facts.employer, words),
    "document": lambda facts, words: _matches(facts.document_kind, words),
    "threat": lambda facts, words: _matches(facts.threat, words) or False,
    "place": lambda facts, words: _matches(facts.place, words),
    "sex": lambda facts, words: _matches(facts.sex, words),
    "need": lambda facts, words: any(_matches(need, words) for need in facts.needs),
}
"""Needs and threats that no list states are taken as not there: lists name them when they are."""


def _negation(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _all(truths: Iterable[Truth]) -> Truth:
    """Kleene's and: false if one is, else unknown if one is."""
    known = tuple(truths)
    return False if any(truth is False for truth in known) else None if None in known else True


def _any(truths: Iterable[Truth]) -> Truth:
    return _negation(_all(_negation(truth) for truth in truths))
