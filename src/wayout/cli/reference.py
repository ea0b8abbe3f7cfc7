"""The reference page of the command line, made from the commands themselves."""

import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from typer import Typer
from typer.models import ArgumentInfo, OptionInfo

HEAD = """# Command line

Made by `scripts/docs` from the commands themselves.

Every command exits with 0 when it did what was asked, 1 when it refused (the findings say why) and
2 when the command was not understood. Results go to standard output, everything else to standard
error; with `--json`, standard output is exactly one JSON object. `wayout --version` prints the
version, and `wayout COMMAND --help` what is said here.
"""
WORDS = {Path: "path", str: "text", int: "whole number", float: "number"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option of a command, in the words of the page."""

    name: str
    required: bool
    value: str
    default: str
    meaning: str


def reference(app: Typer) -> str:
    """The page as Markdown; every command that is registered and its parameters."""
    return "\n".join([HEAD, *(_section(name, call) for name, call in commands(app).items())])


def commands(app: Typer) -> dict[str, Callable[..., object]]:
    """The commands by name, in the order in which they are registered."""
    named: dict[str, Callable[..., object]] = {}
    for info in app.registered_commands:
        if info.callback is not None:
            named[info.name or info.callback.__name__] = info.callback
    return named


def parameters(call: Callable[..., object]) -> list[Parameter]:
    """The parameters of a command, arguments before options."""
    hints = typing.get_type_hints(call, include_extras=True)
    read = [
        _parameter(name, hints[name], parameter.default)
        for name, parameter in inspect.signature(call).parameters.items()
    ]
    return sorted(read, key=lambda parameter: parameter.name.startswith("-"))


def _section(name: str, call: Callable[..., object]) -> str:
    rows = parameters(call)
    arguments = [row.name if row.required else f"[{row.name}]" for row in _arguments(rows)]
    usage = " ".join(["wayout", name, *arguments, "[OPTIONS]"])
    table = ["| | value | default | meaning |", "| --- | --- | --- | --- |"]
    table += [f"| `{r.name}` | {r.value} | {r.default} | {r.meaning} |" for r in rows]
    described = inspect.getdoc(call) or ""
    return "\n".join([f"## {name}", "", f"    {usage}", "", described, "", *table, ""])


def _arguments(rows: list[Parameter]) -> list[Parameter]:
    return [row for row in rows if not row.name.startswith("-")]


def _parameter(name: str, hint: Any, default: object) -> Parameter:
    kind, *notes = typing.get_args(hint)
    info = next(note for note in notes if isinstance(note, ArgumentInfo | OptionInfo))
    required = default is inspect.Parameter.empty
    shown = _default(default, info)
    return Parameter(_names(name, info), required, _value(kind, info), shown, info.help or "")


def _names(name: str, info: ArgumentInfo | OptionInfo) -> str:
    if isinstance(info, ArgumentInfo):
        return (info.metavar or name).upper()
    # Within Annotated, Typer keeps the first name that was given in the place of the default.
    first = [info.default] if isinstance(info.default, str) else []
    return ", ".join([*first, *(info.param_decls or ())] or [f"--{name.replace('_', '-')}"])


def _value(kind: Any, info: ArgumentInfo | OptionInfo) -> str:
    """What may be written: the choices, or the kind of value with its range."""
    if isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if typing.get_origin(kind) is list:
        return f"{_value(typing.get_args(kind)[0], info)}, may be given again"
    if kind is bool:
        return "none"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{choice.value}`" for choice in kind)
    word = WORDS[kind]
    if info.min is not None:
        word += f", at least {info.min:g}"
    if info.max is not None:
        word += f", at most {info.max:g}"
    return word


def _default(default: object, info: ArgumentInfo | OptionInfo) -> str:
    """What holds without the option; the option may say it where the code cannot."""
    if default is inspect.Parameter.empty:
        return "required"
    if isinstance(info.show_default, str):
        return info.show_default
    if isinstance(default, bool):
        return "no"
    if isinstance(default, Enum):
        return f"`{default.value}`"
    if default is None:
        return ""
    return f"{default:g}" if isinstance(default, float) else str(default)
