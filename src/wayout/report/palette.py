"""Colours of the report, light and dark, and how their contrast is computed.

Hues are those of Okabe and Ito (told apart with every common colour-blindness), darkened or
lightened where a thin line or a small letter needs it. No meaning is carried by colour alone.
"""

LIGHT = {
    "paper": "#fffefb",
    "panel": "#f6f4ee",
    "ink": "#1c1b19",
    "quiet": "#5d5a53",
    "rule": "#d8d4c9",
    "plan": "#005f9e",
    "bound": "#a63f00",
    "limit": "#a63f00",
    "good": "#00694d",
    "warn": "#8a5a00",
    "bad": "#9c2a1d",
    "other": "#7a4569",
    "fill": "#b9d3e6",
    "fill2": "#ead9c2",
    "land": "#e9e5da",
    "sea": "#f6f7f6",
    "border": "#bdb7a8",
    "band": "#efece3",
}
DARK = {
    "paper": "#15171a",
    "panel": "#1d2024",
    "ink": "#e9e7e1",
    "quiet": "#a9a69e",
    "rule": "#3a3e44",
    "plan": "#6cb8ee",
    "bound": "#f0a25c",
    "limit": "#f0a25c",
    "good": "#4fc9a4",
    "warn": "#e6b450",
    "bad": "#f28a7c",
    "other": "#d79cc2",
    "fill": "#23455f",
    "fill2": "#4a3a26",
    "land": "#2c3035",
    "sea": "#191c20",
    "border": "#565b63",
    "band": "#202429",
}
TEXT_COLOURS = ("ink", "quiet", "plan", "bound", "limit", "good", "warn", "bad", "other")
"""Colours that letters are set in, on ``paper`` and on ``panel``."""


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21; WCAG 2 AA asks 4.5 for text."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def variables(palette: dict[str, str]) -> str:
    """The palette as CSS custom properties."""
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())
