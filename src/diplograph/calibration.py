"""Tell what a confidence is worth: of claims that are so sure, how many the labels have."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["EDGES", "Calibration", "ConfidenceBin", "calibrate"]

# Lower edges of the bins; the first holds 1.0 too. Below a half the ranker's thresholds differ by relation, so that
# finer bins there would mix them.
EDGES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceBin:
    """Claims whose confidence is at least ``low`` and below ``high`` (the first bin holds 1.0 too).

    ``claims`` are counted once a document, with their highest confidence; ``right`` of them are labelled;
    ``confidence`` is their mean confidence, 0 to 1, and 0 where there is no claim.
    """

    low: float
    high: float
    claims: int
    right: int
    confidence: float

    @property
    def name(self) -> str:
        """The bin in words: "0.8-0.9", "below 0.5"."""
        return f"{self.low:.1f}-{self.high:.1f}" if self.low else f"below {self.high:.1f}"

    @property
    def share(self) -> float:
        """The share of the claims that are right; 0 where there is none."""
        return self.right / self.claims if self.claims else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Claims by their confidence, the surest bin first; all bins are there, empty ones too."""

    bins: tuple[ConfidenceBin, ...]

    @property
    def claims(self) -> int:
        """All claims together."""
        return sum(b.claims for b in self.bins)

    @property
    def expected_error(self) -> float:
        """Give the mean distance of a claim's confidence from the share right in its bin, 0 (best) to 1.

        ``sum over bins of claims / all claims * |share - confidence|``; 0 without claims. Naeini et al. 2015,
        https://ojs.aaai.org/index.php/AAAI/article/view/9602.
        """
        if not self.claims:
            return 0.0
        return sum(b.claims * abs(b.share - b.confidence) for b in self.bins) / self.claims

    def at_least(self, low: float) -> tuple[int, float]:
        """Give how many claims a build with ``--min-confidence`` at the lower edge of a bin keeps, and the share right."""
        kept = [b for b in self.bins if b.low >= low]
        claims = sum(b.claims for b in kept)
        return claims, sum(b.right for b in kept) / claims if claims else 0.0


def calibrate(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Sort claims, each given as its confidence and whether it is right, into bins."""
    found = sorted(judged)
    bins = []
    for high, low in zip((1.0, *EDGES), EDGES, strict=False):
        own = [(sure, right) for sure, right in found if low <= sure and (sure < high or high == 1.0)]
        bins.append(
            ConfidenceBin(
                low=low,
                high=high,
                claims=len(own),
                right=sum(right for _, right in own),
                confidence=sum(sure for sure, _ in own) / len(own) if own else 0.0,
            )
        )
    return Calibration(bins=tuple(bins))
