"""What the user sees while a plan is being made, on standard error.

A terminal gets a small board that redraws itself, a log gets a plain line every few seconds, and
``--quiet`` gets nothing. All three are a `View`.
"""

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from wayout.cli.standing import (
    BARS,
    DOING,
    PLAIN_BARS,
    Standing,
    gap_text,
    people_line,
    plain_line,
    sparkline,
    value_line,
)
from wayout.cli.wording import duration

SECONDS_BETWEEN_LINES = 5.0


class View(Protocol):
    """Shows a standing until it is closed."""

    def show(self, standing: Standing, seconds: float) -> None:
        """Show what is known after so many seconds; called several times a second."""

    def say(self, sentence: str) -> None:
        """Tell the user something that stays visible."""

    def __enter__(self) -> Self:
        """Start to show."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""


class Silence:
    """Shows nothing."""

    def show(self, standing: Standing, seconds: float) -> None:
        """Show nothing."""

    def say(self, sentence: str) -> None:
        """Say nothing."""

    def __enter__(self) -> Self:
        """Start to show nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was shown."""


class Lines:
    """A plain line whenever the phase changes, and every few seconds."""

    def __init__(self, console: Console, every: float = SECONDS_BETWEEN_LINES) -> None:
        self._console = console
        self._every = every
        self._phase = ""
        self._next = 0.0

    def show(self, standing: Standing, seconds: float) -> None:
        """Print a line if it is time for one."""
        if standing.latest.phase == self._phase and seconds < self._next:
            return
        self._phase, self._next = standing.latest.phase, seconds + self._every
        self.say(plain_line(standing, seconds))

    def say(self, sentence: str) -> None:
        """Print a line."""
        self._console.print(Text(sentence), soft_wrap=True)

    def __enter__(self) -> Self:
        """Start to print."""
        return self

    def __exit__(self, *_: object) -> None:
        """Every line was printed when it was due."""


def board(standing: Standing, seconds: float, bars: str = BARS) -> Group:
    """The standing as a few aligned rows."""
    news = standing.latest
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", min_width=8)
    rows.add_column()
    rows.add_row("now", Text(f"{DOING.get(news.phase, news.phase)}, {duration(seconds)}"))
    if news.people_total:
        rows.add_row("people", Text(people_line(news)))
    if value_line(standing):
        rows.add_row("value", Text(value_line(standing)))
    if standing.gap is not None:
        closing = f"{gap_text(standing)}  {sparkline(standing.closeness, bars=bars)}"
        rows.add_row("proof", Text(closing, style="bold"))
    if news.detail:
        rows.add_row("step", Text(news.detail, style="dim"))
    return Group(rows, Text("Ctrl-C stops and keeps the best plan so far.", style="dim italic"))


class Board:
    """Redraws itself in place; only for a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, transient=True, auto_refresh=False)
        self._bars = BARS if console.encoding.lower().startswith("utf") else PLAIN_BARS

    def show(self, standing: Standing, seconds: float) -> None:
        """Redraw the board."""
        self._live.update(board(standing, seconds, self._bars), refresh=True)

    def say(self, sentence: str) -> None:
        """Print a line above the board."""
        self._console.print(Text(sentence))

    def __enter__(self) -> Self:
        """Take the lines below the prompt."""
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the board and give the terminal back."""
        self._live.stop()


def view_for(console: Console, *, quiet: bool) -> View:
    """The view that fits where standard error goes."""
    if quiet:
        return Silence()
    return Board(console) if console.is_terminal else Lines(console)
