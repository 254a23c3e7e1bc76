"""How a kommun's pages look: its colour, its logo, and who runs the portal there."""

import re
from dataclasses import dataclass

WHITE = "#ffffff"

LEAST_CONTRAST = 4.5
"""Of text in the colour on the paper, and of white on a button in it (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a kommun has said of its look; logo: a whole SVG file. What it has not said is the portal's own."""

    colour: str | None = None
    logo: str | None = None
    run_by: str | None = None

    @property
    def dark(self) -> str:
        """Return the colour of headings and of what is pressed: a third darker."""
        return mixed(self.colour or WHITE, "#000000", 0.3)

    @property
    def tint(self) -> str:
        """Return the colour of what lies behind a card: almost white."""
        return mixed(self.colour or WHITE, WHITE, 0.93)


def problem_of_colour(colour: str) -> str | None:
    """Return what is wrong with a colour for text, buttons and links, or None."""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        return f'must be written as "#0b5a52", with small letters, not {colour!r}'
    # Links stand on cards too, which are tinted with the colour itself.
    least = min(contrast(colour, WHITE), contrast(colour, Look(colour).tint))
    if least < LEAST_CONTRAST:
        return f"has a contrast of {least:.1f} with the paper and its tint; it must be {LEAST_CONTRAST} or more"
    return None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with that share (0 to 1) of another in it."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(own * (1 - share) + added * share):02x}" for own, added in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
