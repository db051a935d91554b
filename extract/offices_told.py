"""Tell the office of a person who is found to hold one, where no rule read person, office and state together."""

from dataclasses import dataclass

from diplograph.extract.candidates import Candidate
from diplograph.extract.positions import Positions
from diplograph.extract.scene import Scene
from diplograph.extract.shared_titles import SharedTitles

__all__ = ["OfficesTold"]

# "Ms. A of the Republic of Tonga".
_FROM = frozenset({"of", "the", "republic", "kingdom", "state"})
_NEAR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesTold:
    """Callable on a scene and a candidate for ``holdsPosition``: the title, or an empty text where nothing tells it.

    A title in the sentence goes before the one that the vocabulary lists for that person, state or body and year:
    whoever is named without a title speaks in the office that they hold.
    """

    positions: Positions
    shared: SharedTitles

    def __call__(self, scene: Scene, candidate: Candidate) -> str:
        """Give the title of the candidate's person."""
        token = candidate.head.token
        told = self.shared.position_of(scene, token) or self.positions.title_of(scene, token)
        if told and not (told in self.positions.ranks and candidate.tail.cls != "Country"):
            return told
        if self._from_there(scene, candidate):
            return ""
        year = str(scene.document.reference_year or "")
        for office in self.positions.holders.offices.get(candidate.head.entity, ()):
            if year and office.holder == candidate.tail.entity and office.runs_in(year):
                return office.position
        return ""

    def _from_there(self, scene: Scene, candidate: Candidate) -> bool:
        """Tell whether the words say only where a person is from: "Ms. A of Tonga"."""
        one, other = candidate.head.token, candidate.tail.token
        if not 0 <= one < other:
            return False
        between = set(scene.parsed.lower[one + 1 : other])
        return other - one <= _NEAR and "of" in between and between <= _FROM
