"""A reviewer's sitting: keys in, answers out. It knows no terminal and no register.

The shell shows ``candidate``, passes each key to ``press`` and carries out what comes back; a web
page can do the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wayout.registry.review.queue import Candidate, Item
from wayout.registry.review.verdicts import Answer


class Key(StrEnum):
    """The keys, and what they do."""

    SAME = "s"
    DIFFERENT = "d"
    UNSURE = "u"
    NEXT = "j"
    PREVIOUS = "k"
    NOTE = "n"
    UNDO = "z"
    QUIT = "q"


MEANING = {
    Key.SAME: "same person",
    Key.DIFFERENT: "different",
    Key.UNSURE: "don't know",
    Key.NEXT: "next",
    Key.PREVIOUS: "back",
    Key.NOTE: "note",
    Key.UNDO: "undo last answer",
    Key.QUIT: "stop",
}

_ANSWERS = {Key.SAME: Answer.SAME, Key.DIFFERENT: Answer.DIFFERENT, Key.UNSURE: Answer.UNSURE}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to be recorded."""

    candidate: Candidate
    answer: Answer
    note: str


class Asked(StrEnum):
    """Something that the shell has to do."""

    NOTE = "note"
    UNDO = "undo"
    QUIT = "quit"
    NOTHING = "nothing"


_ASKED: dict[str, Asked] = {Key.NOTE: Asked.NOTE, Key.UNDO: Asked.UNDO}


@dataclass(slots=True)
class Sitting:
    """Goes through the candidates of a queue in its order."""

    items: Sequence[Item]
    position: int = 0
    note: str = ""
    answered: set[int] = field(default_factory=set)
    _places: list[tuple[int, Candidate]] = field(init=False)

    def __post_init__(self) -> None:
        self._places = [
            (number, candidate)
            for number, item in enumerate(self.items)
            for candidate in item.candidates
        ]

    @property
    def num_open(self) -> int:
        """How many pairs are still unanswered."""
        return len(self._places) - len(self.answered)

    @property
    def candidate(self) -> Candidate | None:
        """The pair that is shown, or None when there is none left."""
        return None if not self.num_open else self._places[self.position][1]

    @property
    def item(self) -> Item:
        """The two households of the pair that is shown."""
        return self.items[self._places[self.position][0]]

    def press(self, key: str) -> Given | Asked:
        """What a key asks for; keys without a meaning do nothing."""
        candidate = self.candidate
        if key == Key.QUIT or candidate is None:
            return Asked.QUIT
        if key in _ANSWERS:
            given = Given(candidate, _ANSWERS[Key(key)], self.note)
            self.answered.add(self.position)
            self.note = ""
            self._move(1)
            return given
        if key in (Key.NEXT, Key.PREVIOUS):
            self._move(1 if key == Key.NEXT else -1)
            return Asked.NOTHING
        return _ASKED.get(key, Asked.NOTHING)

    def reopen(self, candidate: Candidate) -> None:
        """Ask a pair again whose answer was taken back, and show it."""
        for position, (_, other) in enumerate(self._places):
            if other.pair == candidate.pair:
                self.answered.discard(position)
                self.position = position

    def _move(self, way: int) -> None:
        """To the nearest open pair that way, around the end."""
        if not self.num_open:
            return
        self.position = (self.position + way) % len(self._places)
        while self.position in self.answered:
            self.position = (self.position + way) % len(self._places)
