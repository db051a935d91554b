"""Where things stand: apart from each other, near what they are joined with, the same every time."""

import math

import pytest
from diplograph.exports.layout import CENTRAL_NODES, Arrangement, arrange, label_box
from hypothesis import given, settings
from hypothesis import strategies as st

Pair = tuple[int, int, float]


def laid_out(count: int, pairs: list[Pair], labels: list[str] | None = None) -> Arrangement:
    """Arrange nodes of one size."""
    return arrange(labels or [f"Name {i}" for i in range(count)], pairs, sizes=[8.0] * count)


def clashes(arrangement: Arrangement, labels: list[str], radius: float = 8.0) -> list[tuple[int, int]]:
    """List pairs of the first picture whose node-and-label rectangles overlap."""
    boxes = []
    for place in range(arrangement.central):
        width, height = label_box(labels[arrangement.order[place]])
        x, y = arrangement.x[place] / arrangement.spread, arrangement.y[place] / arrangement.spread
        half = max(width / 2, radius)
        boxes.append((x - half, y - radius, x + half, y + radius + height))
    return [
        (i, j)
        for i, one in enumerate(boxes)
        for j, other in enumerate(boxes[:i])
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


STAR = [(0, i, 1.0) for i in range(1, 120)]
CLUSTERS = [(10 * c + i, 10 * c + j, 2.0) for c in range(12) for i in range(10) for j in range(i)] + [
    (10 * c, 10 * c + 10, 1.0) for c in range(11)
]
CHAIN = [(i, i + 1, 1.0) for i in range(119)]


@pytest.mark.parametrize("pairs", [STAR, CLUSTERS, CHAIN], ids=["star", "clusters", "chain"])
def test_no_label_covers_another_at_first_sight(pairs: list[Pair]) -> None:
    labels = [f"Agreement number {i} on something long" if i % 3 else f"No {i}" for i in range(120)]
    arrangement = laid_out(120, pairs, labels)
    assert arrangement.central == CENTRAL_NODES
    assert clashes(arrangement, labels) == []


def test_the_picture_is_wider_than_high() -> None:
    arrangement = laid_out(120, CLUSTERS)
    width = max(arrangement.x) - min(arrangement.x)
    height = max(arrangement.y) - min(arrangement.y)
    assert 1.1 < width / height < 2.6


def test_communities_stand_together() -> None:
    arrangement = laid_out(100, [p for p in CLUSTERS if max(p[:2]) < 100])
    places = {
        original: (x, y)
        for original, x, y in zip(arrangement.order, arrangement.x, arrangement.y, strict=True)
    }
    own: list[float] = []
    others: list[float] = []
    for i in range(100):
        for j in range(i):
            (own if i // 10 == j // 10 else others).append(math.dist(places[i], places[j]))
    assert sum(own) / len(own) < 0.6 * sum(others) / len(others)


def test_the_hub_comes_first_and_the_unconnected_last() -> None:
    arrangement = laid_out(6, [(4, 1, 1.0), (4, 2, 1.0), (4, 3, 1.0)])
    assert arrangement.order == (4, 1, 2, 3, 0, 5)
    assert arrangement.central == 4
    assert arrangement.community[4:] == (-1, -1)
    assert min(arrangement.y[4:]) > max(arrangement.y[:4])


def test_outer_nodes_stand_near_what_they_are_joined_with() -> None:
    pairs = CLUSTERS + [(i % 120, 120 + i, 1.0) for i in range(240)]
    arrangement = laid_out(360, pairs)
    place = {original: number for number, original in enumerate(arrangement.order)}
    width = max(arrangement.x) - min(arrangement.x)
    far = [
        math.dist(
            (arrangement.x[place[i % 120]], arrangement.y[place[i % 120]]),
            (arrangement.x[place[120 + i]], arrangement.y[place[120 + i]]),
        )
        for i in range(240)
    ]
    assert sorted(far)[len(far) // 2] < width / 8


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_small_graphs(count: int) -> None:
    arrangement = laid_out(count, [(0, 1, 1.0)] if count > 1 else [])
    assert sorted(arrangement.order) == list(range(count))
    assert len(set(zip(arrangement.x, arrangement.y, strict=True))) == count


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Pair]]:
    """Draw a graph without loops or repeated pairs."""
    count = draw(st.integers(1, 40))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda p: p[0] < p[1])
    joined = draw(st.sets(ends, max_size=60)) if count > 1 else set()
    return count, [(a, b, 1.0 + (a + b) % 3) for a, b in sorted(joined)]


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_any_graph_gets_different_places_twice_the_same(graph: tuple[int, list[Pair]]) -> None:
    count, pairs = graph
    arrangement = laid_out(count, pairs)
    assert sorted(arrangement.order) == list(range(count))
    assert len(set(zip(arrangement.x, arrangement.y, strict=True))) == count
    assert clashes(arrangement, [f"Name {i}" for i in range(count)]) == []
    assert laid_out(count, list(reversed(pairs))) == arrangement


def test_the_first_picture_shows_no_one_alone_and_leaves_small_components_for_later() -> None:
    hub = [(0, i, 1.0) for i in range(1, 130)]
    couples = [(200 + 2 * i, 201 + 2 * i, 9.0) for i in range(20)]
    arrangement = laid_out(240, hub + couples)
    first = set(arrangement.order[: arrangement.central])
    assert 0 in first
    assert all(node < 200 for node in first)
    tail = [(0, i, 5.0) for i in range(1, 100)] + [(i, 100 + i, 0.1) for i in range(90, 100)]
    arrangement = laid_out(200, tail)
    first = set(arrangement.order[: arrangement.central])
    joined = {end for a, b, _ in tail if a in first and b in first for end in (a, b)}
    assert joined == first
