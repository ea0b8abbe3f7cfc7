"""Who may open what: classes of sensitivity, roles, and the field each class protects.

A *class* is what one key protects in one source row; a *compartment* is one class of one list. A
member holds a compartment's key only if one of his roles opens its class, so the table below is
held by the keys themselves and not only by an ``if``. No role opens every class: the row as it was
read stays with the desk that read it, reasons stay with the auditors, and whoever admits members
opens nothing at all.
"""

from dataclasses import fields
from enum import StrEnum

from wayout.registry.records import Record


class Sensitivity(StrEnum):
    """What a key of a source row protects, by the harm that its loss would do."""

    IDENTITY = "identity"
    """Names, birth, sex, nationality, the list's household label."""
    CONTACT = "contact"
    DOCUMENTS = "documents"
    """Document numbers and the employer: who helped whom."""
    MEDICAL = "medical"
    WHEREABOUTS = "whereabouts"
    """Where somebody is, and what threatens them there."""
    SOURCE = "source"
    """The row as it was read: every cell, its position, what could not be read."""


class Common(StrEnum):
    """What the register protects as a whole rather than per source row."""

    LABEL = "label"
    """Names of lists and files, and how their columns were understood."""
    DECISIONS = "decisions"
    LINKS = "links"
    INDEX = "index"
    """The root of the blind indexes; it wraps nothing."""
    LOGBOOK = "logbook"
    """The key that signs checkpoints, and the one that marks exports."""
    JOURNAL = "journal"
    """Why somebody read something."""


class Role(StrEnum):
    """What a member is trusted with. A member may have several; every act names one."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    PLANNER = "planner"
    GATE = "gate"
    AUDITOR = "auditor"
    ADMIN = "admin"


_DESK = {
    Sensitivity.IDENTITY,
    Sensitivity.CONTACT,
    Sensitivity.DOCUMENTS,
    Sensitivity.MEDICAL,
    Sensitivity.WHEREABOUTS,
}

OPENS: dict[Role, frozenset[Sensitivity]] = {
    Role.CLERK: frozenset(_DESK | {Sensitivity.SOURCE}),
    Role.REVIEWER: frozenset(_DESK),
    Role.PLANNER: frozenset({Sensitivity.MEDICAL, Sensitivity.WHEREABOUTS}),
    Role.GATE: frozenset({Sensitivity.IDENTITY}),
    Role.AUDITOR: frozenset(),
    Role.ADMIN: frozenset(),
}
"""The classes of a source row that each role opens."""

OPENS_COMMON: dict[Role, frozenset[Common]] = {
    Role.CLERK: frozenset(
        {Common.LABEL, Common.DECISIONS, Common.LINKS, Common.INDEX, Common.LOGBOOK}
    ),
    Role.REVIEWER: frozenset(
        {Common.LABEL, Common.DECISIONS, Common.LINKS, Common.INDEX, Common.LOGBOOK}
    ),
    Role.PLANNER: frozenset({Common.LABEL, Common.DECISIONS, Common.LOGBOOK}),
    Role.GATE: frozenset({Common.LABEL, Common.DECISIONS, Common.LOGBOOK}),
    Role.AUDITOR: frozenset({Common.JOURNAL, Common.DECISIONS, Common.LABEL, Common.LOGBOOK}),
    Role.ADMIN: frozenset({Common.LOGBOOK}),
}
"""What of the register as a whole each role opens."""

_PROTECTED = {
    Sensitivity.CONTACT: ("phone", "email"),
    Sensitivity.DOCUMENTS: ("document", "document_kind", "employer"),
    Sensitivity.MEDICAL: ("needs",),
    Sensitivity.WHEREABOUTS: ("place", "threat"),
}
_ELSEWHERE = {name for names in _PROTECTED.values() for name in names} | {"record", "source"}

FIELDS: dict[Sensitivity, tuple[str, ...]] = {
    # Whatever is nowhere else is identity, a free note among it: nobody knows what it holds.
    Sensitivity.IDENTITY: tuple(f.name for f in fields(Record) if f.name not in _ELSEWHERE),
    **_PROTECTED,
}
"""The fields of a record that each class protects; ``source`` protects the cells themselves."""


def classes_of(roles: frozenset[Role]) -> frozenset[Sensitivity]:
    """Every class of a source row that somebody with these roles opens."""
    return frozenset().union(*(OPENS[role] for role in roles))


def commons_of(roles: frozenset[Role]) -> frozenset[Common]:
    """Everything common that somebody with these roles opens."""
    return frozenset().union(*(OPENS_COMMON[role] for role in roles))
