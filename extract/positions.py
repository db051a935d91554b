"""Read the offices of persons from the titles beside their names: ``holdsPosition``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diplograph.extract.frames import Candidate
from diplograph.extract.persons import Titles
from diplograph.extract.scene import Participant, Scene
from diplograph.extract.tokens import Token, tokenize
from diplograph.ontology.vocabulary import Vocabulary

__all__ = ["Offices", "Positions", "offices_of"]

# "Assistant Secretary of State for East Asian and Pacific Affairs": words that carry a title on to its holder.
_LINKS = frozenset({"of", "for", "to", "the", "and", ",", "at", "on", "&"})
_LONGEST_TITLE = 16

Offices = Mapping[str, tuple[tuple[str, str, str], ...]]


def offices_of(vocabulary: Vocabulary) -> Offices:
    """Map a person's id to the offices listed for them: (state or body id, first year, last year)."""
    offices: dict[str, list[tuple[str, str, str]]] = {}
    for entry in vocabulary.entries:
        if entry.cls == "Person":
            holder = entry.facts.get("country", "")
            body = entry.facts.get("organization", "")
            if holder or body:
                where = f"country/{holder}" if holder else f"organization/{body}"
                years = (entry.facts.get("valid_from", "")[:4], entry.facts.get("valid_to", "")[:4])
                offices.setdefault(entry.id, []).append((where, *years))
    return {key: tuple(value) for key, value in sorted(offices.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Callable on a scene: who holds which office of which state or body."""

    titles: Titles
    offices: Offices

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield one candidate for each title that stands before or behind a person's name."""
        persons = [i for i, m in enumerate(scene.mentions) if m.cls == "Person"]
        if not persons:
            return
        sentence = scene.parsed.sentence
        tokens = tokenize(sentence.text)
        for index in persons:
            start, end = sentence.places[index]
            at = next((i for i, t in enumerate(tokens) if t.start >= start), None)
            token = scene.parsed.token_of.get(index)
            if at is None or token is None:
                continue
            person = Participant(entity=scene.mentions[index].entity, cls="Person", token=token)
            behind = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
            found = self._before(tokens, at) or self._behind(tokens, behind)
            if found is None:
                continue
            first, last, rule = found
            holder, how = self._holder(scene, tokens, first, last, behind, person, rule)
            if holder is None:
                continue
            title = sentence.text[tokens[first].start : tokens[last - 1].end]
            yield Candidate(
                predicate="holdsPosition",
                head=person,
                tail=holder,
                rule=f"title-{rule}-{how}",
                cue=token,
                qualifiers=(("position", self._position(title)),),
                confidence=0.9 if how != "author" else 0.7,
                roles=("name", "name"),
            )

    def _position(self, title: str) -> str:
        return title.removeprefix("the ").strip(" ,")

    def _before(self, tokens: list[Token], at: int) -> tuple[int, int, str] | None:
        """Match a title that ends at the name; give its first and last token."""
        best: tuple[int, int, str] | None = None
        end = at
        while end > 0 and tokens[end - 1].text in {",", "-"}:
            end -= 1
        direct = self.titles.ending_at(tokens, end)
        if direct and direct[1] != "courtesy":
            first = direct[0]
            while first > 1 and (more := self.titles.ending_at(tokens, first)) and more[1] != "courtesy":
                first = more[0]
            best = (first, end, "before")
        elif direct and direct[1] == "courtesy":
            return self._before(tokens, direct[0]) if direct[0] > 0 else None
        if best is None and end == at:
            # a title carried on: "Counselor of the Department of State X", "… for African Affairs X"
            for first in range(end - 2, max(-1, end - _LONGEST_TITLE), -1):
                start = self.titles.starting_at(tokens, first)
                if start and start[1] != "courtesy" and start[0] < end and tokens[start[0]].text in {"of", "for", "to"}:
                    rest = tokens[start[0] : end]
                    if all(t.text in _LINKS or t.text[0].isupper() for t in rest):
                        best = (first, end, "carried")
        return best

    def _behind(self, tokens: list[Token], behind: int) -> tuple[int, int, str] | None:
        """Match ``Name, (the) (state) Title …``."""
        if behind >= len(tokens) or tokens[behind].text not in {",", "(", "-"}:
            return None
        first = behind + 1
        for skip in range(3):
            if first + skip >= len(tokens):
                return None
            match = self.titles.starting_at(tokens, first + skip)
            if match and match[1] != "courtesy":
                last = match[0]
                while last < len(tokens) and (
                    (tokens[last].text in _LINKS - {","} and last + 1 < len(tokens) and (tokens[last + 1].text[0].isupper() or tokens[last + 1].text == "the"))
                    or tokens[last].text[0].isupper()
                ):
                    last += 1
                return first, last, "behind"
            if not (tokens[first + skip].text[0].isupper() or tokens[first + skip].text in {"the", "former", "'s"}):
                return None
        return None

    def _holder(
        self, scene: Scene, tokens: list[Token], first: int, last: int, behind: int, person: Participant, rule: str
    ) -> tuple[Participant | None, str]:
        """Say whose office it is: named inside the title, before it, behind the name, listed, or the author's."""
        places = scene.parsed.sentence.places

        def named(low: int, high: int, *classes: str) -> Participant | None:
            for index, mention in enumerate(scene.mentions):
                if mention.cls in classes and low <= places[index][0] and places[index][1] <= high:
                    token = scene.parsed.token_of.get(index)
                    if token is not None:
                        return Participant(entity=mention.entity, cls=mention.cls, token=token)
            return None

        low, high = tokens[first].start, tokens[last - 1].end
        inside = named(low, high, "Organization", "Forum") or named(low, high, "Country")
        if inside:
            return inside, "inside"
        if first > 0:
            begin = tokens[max(0, first - 3)].start
            before = named(begin, low, "Country", "Organization")
            between = scene.parsed.sentence.text[:low].rstrip()
            if before and (between.endswith(("'s", "s'")) or any(p[1] == len(between) for p in places)):
                return before, "before"
        if behind < len(tokens) and tokens[behind].text in {"of", "from"} and rule != "behind":
            upto = tokens[min(len(tokens) - 1, behind + 3)].end
            after = named(tokens[behind].start, upto, "Country", "Organization")
            if after:
                return after, "after"
        listed = self._listed(scene, person.entity)
        if listed:
            return listed, "listed"
        return (scene.author, "author") if scene.author else (None, "")

    def _listed(self, scene: Scene, person: str) -> Participant | None:
        offices = self.offices.get(person, ())
        year = str(scene.document.reference_year or "")
        fitting = [o for o in offices if not year or (o[1] <= year and (not o[2] or year <= o[2]))]
        for where, _, _ in fitting or offices:
            return Participant(entity=where, cls="Country" if where.startswith("country/") else "Organization", token=-1, how="inside")
        return None
