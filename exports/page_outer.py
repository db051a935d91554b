"""Places for the outer nodes of a graph: a honeycomb around the first picture, what stands apart below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ASPECT", "place_others"]

# The picture is wider than high, as the space between the side panels of the page is.
ASPECT: Final = 1.6

# Room that one of the outer nodes takes, in units.
CELL: Final = 34.0


def place_others(
    count: int,
    connected: int,
    central: int,
    xy: "NDArray[np.float64]",
    left: "NDArray[np.int64]",
    right: "NDArray[np.int64]",
    weight: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """Put each outer node into the free cell nearest to the mean of its better placed neighbours.

    What is not joined with the first picture, even indirectly, stands in rows below it.
    """
    places = np.zeros((count, 2))
    places[:central] = xy
    better: list[list[tuple[int, float]]] = [[] for _ in range(connected)]
    for a, b, w in zip(left.tolist(), right.tolist(), weight.tolist(), strict=True):
        better[max(a, b)].append((min(a, b), w))
    cells = _Cells()
    for x, y in places[:central].tolist():
        cells.block(x, y)
    settled = [True] * central + [False] * (connected - central)
    apart = []
    for node in range(central, connected):
        near = [(n, w) for n, w in better[node] if settled[n]]
        if near:
            total = sum(w for _, w in near)
            x = sum(places[n, 0] * w for n, w in near) / total
            y = sum(places[n, 1] * w for n, w in near) / total
            places[node] = cells.take(x, y, node)
            settled[node] = True
        else:
            apart.append(node)
    _place_apart(places, apart, better, settled, cells)
    below = float(places[:connected, 1].max()) + 3 * CELL if connected else 0.0
    columns = max(1, int(np.sqrt(max(count - connected, 1) * ASPECT * 2)))
    for number, node in enumerate(range(connected, count)):
        places[node] = (number % columns - columns / 2) * CELL, below + number // columns * CELL
    return np.round(places)


def _place_apart(
    places: "NDArray[np.float64]",
    apart: Sequence[int],
    better: Sequence[Sequence[tuple[int, float]]],
    settled: list[bool],
    cells: "_Cells",
) -> None:
    """Set out components of their own in rows below everything settled, each around its first node."""
    if not apart:
        return
    inside = places[: len(settled)][settled]
    low, high = inside.min(axis=0), inside.max(axis=0)
    room = 5 * CELL
    columns = max(1, int((high[0] - low[0]) // room))
    roots = 0
    for node in apart:
        near = [n for n, _ in better[node] if settled[n]]
        if near:
            x, y = places[near[0]]
        else:
            x = low[0] + (roots % columns + 0.5) * room
            y = high[1] + (roots // columns + 1) * room
            roots += 1
        places[node] = cells.take(float(x), float(y), node)
        settled[node] = True


class _Cells:
    """A honeycomb of places, each taken at most once."""

    def __init__(self) -> None:
        self.taken: set[tuple[int, int]] = set()
        self.outwards: list[tuple[int, int]] = [(0, 0)]  # steps from a cell to the others, ring by ring
        self.rings = 0
        self.searched: dict[tuple[int, int], int] = {}

    def block(self, x: float, y: float) -> None:
        """Keep the surroundings of a central node and its label free."""
        column, row = self._nearest(x, y)
        self.taken.update((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (0, 1))

    def take(self, x: float, y: float, node: int) -> tuple[float, float]:
        """Take the free cell nearest to a point; the node's number moves it a little off the grid."""
        column, row = self._nearest(x, y)
        # A search goes on where the last one from the same cell ended: what it passed is taken for good.
        at = self.searched.get((column, row), 0)
        while True:
            if at == len(self.outwards):
                self._widen()
            dx, dy = self.outwards[at]
            at += 1
            cell = (column + dx, row + dy)
            if cell not in self.taken:
                break
        self.searched[column, row] = at
        self.taken.add(cell)
        jitter = 0.12 * CELL
        return (
            (cell[0] + cell[1] % 2 / 2) * CELL + jitter * np.sin(node * 12.9898),
            cell[1] * CELL * 0.87 + jitter * np.sin(node * 78.233),
        )

    def _widen(self) -> None:
        """Add the next ring of steps, nearest first."""
        self.rings += 1
        far = self.rings
        edge = range(-far, far + 1)
        ring = {(d, s * far) for d in edge for s in (-1, 1)} | {(s * far, d) for d in edge for s in (-1, 1)}
        self.outwards += sorted(ring, key=lambda step: (step[0] ** 2 + step[1] ** 2, step))

    @staticmethod
    def _nearest(x: float, y: float) -> tuple[int, int]:
        row = round(y / (CELL * 0.87))
        return round(x / CELL - row % 2 / 2), row
