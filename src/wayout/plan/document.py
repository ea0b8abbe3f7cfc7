"""``plan.json``: everything of a plan but its tables."""

import base64
import binascii
import dataclasses
import json
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

import wayout
from wayout.findings import Finding, Where
from wayout.plan.faults import Fault, fault
from wayout.plan.model import BindingLimit, Bound, Loads, Movement, NoWayOut, Plan

FILE = "plan.json"
FORMAT = 1
JUDGED = (
    "people_total",
    "people_safe",
    "danger_hours",
    "danger_hours_if_nobody_moves",
    "clear_minute",
)
"""Values that the judge finds; where one is left out, reading fills all of them in."""

_TEXTS = ("scenario", "scenario_hash", "case", "objective", "stopped_by")
_WHOLE = ("seed", "people_total", "people_safe", "clear_minute")
_GAPS = ("gap_people", "gap_danger")
_NUMBERS = ("danger_hours", "danger_hours_if_nobody_moves", *_GAPS)
_OTHERS = ("format", "wayout", "bound", "limits", "no_way_out")
_DERIVED_TOLERANCE = 1e-9


def _plain(value: Any) -> Any:
    """A value of a certificate as JSON holds it; arrays as base64 of their bytes."""
    if isinstance(value, np.ndarray):
        kind = "int64" if np.issubdtype(value.dtype, np.integer) else "float64"
        data = np.ascontiguousarray(value, dtype=np.dtype(kind).newbyteorder("<"))
        text = base64.b64encode(data.tobytes()).decode("ascii")
        return {"array": kind, "shape": list(value.shape), "base64": text}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": repr(value)}
    return value


def _array(value: dict[str, Any]) -> NDArray[Any]:
    data = base64.b64decode(value["base64"], validate=True)
    kind = {"float64": "<f8", "int64": "<i8"}[value["array"]]
    return np.frombuffer(data, dtype=kind).reshape(value["shape"]).astype(value["array"])


def _rich(value: Any) -> Any:
    """What ``_plain`` wrote, as it was; raises ValueError or KeyError for anything else."""
    if isinstance(value, dict):
        if value.keys() == {"array", "shape", "base64"}:
            return _array(value)
        if value.keys() == {"number"}:
            return float(value["number"])
        return {key: _rich(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rich(item) for item in value]
    return value


def text_of(plan: Plan) -> str:
    """The text of ``plan.json``: the same plan gives the same bytes."""
    bound = plan.bound
    content = {
        "format": FORMAT,
        "wayout": wayout.__version__,
        "scenario": plan.scenario_name,
        "scenario_hash": plan.scenario_hash,
        "case": plan.case,
        "objective": plan.objective,
        "seed": plan.seed,
        "people_total": plan.people_total,
        "people_safe": plan.people_safe,
        "danger_hours": plan.danger_hours,
        "danger_hours_if_nobody_moves": plan.danger_hours_if_nobody_moves,
        "clear_minute": plan.clear_minute,
        "gap_people": plan.gap_people,
        "gap_danger": plan.gap_danger,
        "stopped_by": plan.stopped_by,
        "bound": {
            "people_safe": bound.people_safe,
            "danger_hours": bound.danger_hours,
            "clear_minute": bound.clear_minute,
            "certificate": bound.certificate,
        },
        "limits": [dataclasses.asdict(limit) for limit in plan.limits],
        "no_way_out": [dataclasses.asdict(group) for group in plan.no_way_out],
    }
    return json.dumps(_plain(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


class Document:
    """The keys of a ``plan.json``, checked one by one; ``findings`` has what is wrong with them."""

    def __init__(self, text: str) -> None:
        self.findings: list[Finding] = []
        self.content: dict[str, Any] = {}
        try:
            # Numbers beyond JSON (NaN, Infinity) have no place here: they come as texts.
            content = json.loads(text, parse_constant=str)
        except (ValueError, RecursionError) as error:
            message = f"This is not JSON: {error}."
            self._add(Fault.UNREADABLE, None, message, "Restore the file from the planner.")
            return
        if not isinstance(content, dict):
            self._add(Fault.UNREADABLE, None, "This is not a JSON object.", "Write { … }.")
            return
        self.content = content
        self._check_keys()

    def _add(self, kind: Fault, key: str | None, message: str, cure: str) -> None:
        self.findings.append(fault(kind, Where(FILE, None, key), message, cure))

    def _check_keys(self) -> None:
        known = {*_TEXTS, *_WHOLE, *_NUMBERS, *_OTHERS}
        for key in sorted(self.content.keys() - known):
            self._add(Fault.KEY, key, "A plan has no such key.", "Delete or correct it.")
        if self.content.get("format", FORMAT) != FORMAT:
            message = f"The format is {self.content['format']!r}; this Wayout reads {FORMAT}."
            self._add(Fault.KEY, "format", message, "Read it with the Wayout that wrote it.")

    @property
    def has_values(self) -> bool:
        """Whether every judged value is recorded."""
        return all(key in self.content for key in JUDGED)

    def text(self, key: str, default: str) -> str:
        """A text."""
        value = self.content.get(key, default)
        if isinstance(value, str):
            return value
        self._add(Fault.KEY, key, f"{_short(value)} is no text.", 'Write it as "text".')
        return default

    def whole(self, key: str) -> int | None:
        """A whole number; None for null or none."""
        return self._whole(self.content.get(key), key)

    def _whole(self, value: Any, key: str) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._add(Fault.KEY, key, f"{_short(value)} is no whole number.", "Write one.")
        return None

    def number(self, key: str) -> float:
        """A number; 0 where there is none."""
        return self._number(self.content.get(key, 0.0), key)

    def _number(self, value: Any, key: str) -> float:
        usable = isinstance(value, int | float) and not isinstance(value, bool)
        if usable and abs(value) < math.inf:
            return float(value)
        self._add(Fault.KEY, key, f"{_short(value)} is no number.", "Write a number.")
        return 0.0

    def bound(self, people_total: int) -> Bound:
        """The bound; without one the trivial one: everybody safe, no danger."""
        value = self.content.get("bound")
        if value is None:
            return Bound(float(people_total), 0.0)
        if not isinstance(value, dict):
            self._add(Fault.KEY, "bound", f"{_short(value)} is no object.", "Write { … }.")
            return Bound(float(people_total), 0.0)
        try:
            certificate = _rich(value.get("certificate", {}))
        except (ValueError, KeyError, TypeError, binascii.Error):
            certificate = None
        if not isinstance(certificate, dict):
            message = "The certificate is damaged."
            self._add(Fault.KEY, "bound.certificate", message, "Restore it from the planner.")
            certificate = {}
        return Bound(
            people_safe=self._bound_number(value, "people_safe", float(people_total)),
            danger_hours=self._bound_number(value, "danger_hours", 0.0),
            clear_minute=self._whole(value.get("clear_minute"), "bound.clear_minute"),
            certificate=certificate,
        )

    def _bound_number(self, value: dict[str, Any], key: str, default: float) -> float:
        given = value.get(key, default)
        if isinstance(given, dict):
            given = _unpacked(given)
            if given == math.inf:
                return math.inf
        return self._number(given, f"bound.{key}")

    def limits(self) -> tuple[BindingLimit, ...]:
        """The limits that bind."""
        return tuple(self._items("limits", BindingLimit))

    def no_way_out(self) -> tuple[NoWayOut, ...]:
        """People without a way out."""
        return tuple(self._items("no_way_out", NoWayOut))

    def _items(self, key: str, kind: type[Any]) -> list[Any]:
        value = self.content.get(key, [])
        rows = value if isinstance(value, list) else [value]
        items = []
        for position, row in enumerate(rows):
            item = _item(row, kind)
            if item is None:
                names = ", ".join(field.name for field in dataclasses.fields(kind))
                message = f"{_short(row)} does not have exactly {names}."
                self._add(Fault.KEY, f"{key}[{position}]", message, "Correct or delete it.")
            else:
                items.append(item)
        return items

    def has_other_gaps(self, plan: Plan) -> bool:
        """Whether a gap is recorded that does not follow from value and bound."""
        return any(self._differs(key, plan) for key in _GAPS)

    def _differs(self, key: str, plan: Plan) -> bool:
        return key in self.content and not _close(self.number(key), getattr(plan, key))

    def report_gaps(self, plan: Plan) -> None:
        """Keep a finding for each gap that does not follow from value and bound."""
        for key in _GAPS:
            if self._differs(key, plan):
                message = f"It is {self.content[key]}; value and bound give {getattr(plan, key)}."
                self._add(Fault.DERIVED, key, message, "Leave the key out, or plan again.")


def _unpacked(value: dict[str, Any]) -> Any:
    try:
        return _rich(value)
    except (ValueError, KeyError, TypeError):
        return None


def _close(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=_DERIVED_TOLERANCE)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


_FITTING: dict[Any, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float)}


def _item(row: Any, kind: type[Any]) -> Any | None:
    fields = dataclasses.fields(kind)
    if not isinstance(row, dict) or row.keys() != {field.name for field in fields}:
        return None
    for field in fields:
        value = row[field.name]
        if isinstance(value, bool) or not isinstance(value, _FITTING[field.type]):
            return None
        if isinstance(value, float) and not math.isfinite(value):
            return None
    return kind(**{f.name: float(row[f.name]) if f.type is float else row[f.name] for f in fields})


def plan_of(
    document: Document, movements: tuple[Movement, ...], loads: Loads, people_total: int
) -> Plan:
    """The plan of a document and its tables; names and values as far as they are written."""
    return Plan(
        scenario_name=document.text("scenario", ""),
        scenario_hash=document.text("scenario_hash", ""),
        case=document.text("case", ""),
        objective=document.text("objective", ""),
        seed=document.whole("seed") or 0,
        movements=movements,
        loads=loads,
        bound=document.bound(people_total),
        people_total=document.whole("people_total") or 0,
        people_safe=document.whole("people_safe") or 0,
        danger_hours=document.number("danger_hours"),
        danger_hours_if_nobody_moves=document.number("danger_hours_if_nobody_moves"),
        clear_minute=document.whole("clear_minute"),
        stopped_by=document.text("stopped_by", ""),
        limits=document.limits(),
        no_way_out=document.no_way_out(),
    )
