"""Lines for small charts: points of an SVG, made here so that pages need no script."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """A line in a box of so many units, the area below it, and what its top and bottom mean."""

    line: str
    area: str
    width: int
    height: int
    most: int
    least: int


def chart_of(sizes: Sequence[int], *, width: int, height: int) -> Chart:
    """The line of the sizes; it touches the bottom only at none, unless all lies far above."""
    sizes = list(sizes) or [0]
    sizes = sizes * 2 if len(sizes) == 1 else sizes  # a day alone is a level line
    most, least = max(sizes), min(sizes)
    bottom = 0 if least < most / 2 or most == least else least
    span = (most - bottom) or 1
    step = width / max(1, len(sizes) - 1)
    places = [
        (round(at * step, 1), round(height - 2 - (size - bottom) / span * (height - 4), 1))
        for at, size in enumerate(sizes)
    ]
    line = " ".join(f"{x},{y}" for x, y in places)
    return Chart(line, f"0,{height} {line} {width},{height}", width, height, most, bottom)
