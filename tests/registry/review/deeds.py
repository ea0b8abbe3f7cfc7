"""Decisions as a register hands them out, made here one by one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from wayout.registry.entries import Decision
from wayout.registry.vault.roles import Role

START = datetime(2026, 8, 1, tzinfo=UTC)


def deed(number: int, kind: str, author: str = "ada", **body: Any) -> Decision:
    records = tuple(str(value) for key, value in body.items() if key in ("left", "right"))
    time = START + timedelta(minutes=number)
    return Decision(number, kind, body, "because", records, author, Role.REVIEWER, time)


def answer(number: int, kind: str, left: str, right: str, author: str = "ada") -> Decision:
    return deed(number, kind, author, left=left, right=right, score=1.5, joins=None)


def joining(number: int, left: str, right: str, author: str = "ada") -> Decision:
    return deed(number, "same", author, left=left, right=right, score=1.5, joins=["h1", "h2"])
