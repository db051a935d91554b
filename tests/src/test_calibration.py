"""What a confidence is worth: bins, shares and the expected error."""

import pytest

from diplograph.calibration import EDGES, calibrate

PLACES = [
    pytest.param(1.0, "0.9-1.0", id="the top belongs to the first"),
    pytest.param(0.9, "0.9-1.0", id="lower edge"),
    pytest.param(0.8999, "0.8-0.9", id="just below"),
    pytest.param(0.5, "0.5-0.6", id="half"),
    pytest.param(0.4999, "below 0.5", id="below half"),
    pytest.param(0.0, "below 0.5", id="bottom"),
]


@pytest.mark.parametrize(("confidence", "name"), PLACES)
def test_bins_have_their_edges(confidence: float, name: str) -> None:
    found = calibrate([(confidence, True)])
    assert [b.name for b in found.bins if b.claims] == [name]
    assert len(found.bins) == len(EDGES)


def test_shares_means_and_error() -> None:
    found = calibrate([(0.95, True), (0.95, True), (0.95, False), (0.85, True), (0.2, False)])
    first, second, *_, last = found.bins
    assert (first.claims, first.right, first.share, first.confidence) == (3, 2, 2 / 3, pytest.approx(0.95))
    assert (second.share, last.share) == (1.0, 0.0)
    # 3/5 of |2/3 - .95|, 1/5 of |1 - .85|, 1/5 of |0 - .2|
    assert found.expected_error == pytest.approx(0.6 * (0.95 - 2 / 3) + 0.2 * 0.15 + 0.2 * 0.2)
    assert found.at_least(0.8) == (4, 0.75)
    assert found.at_least(0.0) == (5, 0.6)


def test_order_does_not_matter() -> None:
    judged = [(0.1 * n, n % 3 == 0) for n in range(11)]
    assert calibrate(judged) == calibrate(reversed(judged))


def test_without_claims_all_is_nought() -> None:
    found = calibrate([])
    assert (found.claims, found.expected_error, found.at_least(0.9)) == (0, 0.0, (0, 0.0))
