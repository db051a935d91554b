"""Read what a name itself says: its parties, its series, its parent body, its place, its issue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diplograph.extract.folding import fold
from diplograph.extract.frames import Candidate
from diplograph.extract.issues import IssueTerms, find_issue_terms
from diplograph.extract.names import NameFinder, slug
from diplograph.extract.records import Document, Entity, Mention
from diplograph.extract.scene import Participant, Scene

__all__ = ["Entailment", "Inside"]

_ORDINAL = (
    r"(?:\d+(?:st|nd|rd|th)(?:/\d+(?:st|nd|rd|th))?|(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)?-? ?"
    r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth|[Ee]leventh|[Tt]welfth|[Tt]hirteenth"
    r"|[Ff]ourteenth|[Ff]ifteenth|[Ss]ixteenth|[Ss]eventeenth|[Ee]ighteenth|[Nn]ineteenth|[Tt]wentieth|[Tt]hirtieth|[Ff]ortieth|[Ff]iftieth|[Ss]ixtieth|[Ss]eventieth)"
    r"|[Ii]naugural|[Ee]xtraordinary|[Ss]pecial|[Aa]nnual)"
)
_NUMBER_FIRST = re.compile(rf"^(?:{_ORDINAL}|(?:19|20)\d\d) (?:[Aa]nnual )?(?=\S)")
_NUMBER_LAST = re.compile(r" ?(?:[IVX]+|(?:19|20)\d\d|\d+|(?:19|20)\d\d-(?:19|20)\d\d)$")
_SITTING_OF = re.compile(r"\b(?:session|meeting|summit|round|conference)s? of (?:the )?(?P<body>[A-Z].*)$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What stands inside a name: entities listed there (id, class, text) and issue slugs, in order."""

    names: tuple[tuple[str, str, str], ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entailment:
    """Callable on a scene: candidates that follow from the names in it alone."""

    finder: NameFinder
    issue_terms: IssueTerms

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the mentions; ``scene.entities`` gains the series they name."""
        for token in range(len(scene.parsed.words)):
            index = scene.parsed.mention[token]
            if index < 0:
                continue
            mention = scene.mentions[index]
            if mention.cls in {"Event", "Forum", "Agreement", "Organization", "Programme", "Policy"}:
                yield from self._of(scene, token, mention)

    def inside(self, text: str) -> Inside:
        """Give the listed names and issue terms inside a name."""
        folded = fold(text).text
        names = self.finder.inner_hits(folded)
        issues = tuple(dict.fromkeys(h.issue for h in find_issue_terms(folded, self.issue_terms)))
        return Inside(names=names, issues=issues)

    def _of(self, scene: Scene, token: int, mention: Mention) -> Iterator[Candidate]:
        entity = scene.entities[mention.entity]
        me = Participant(entity=mention.entity, cls=mention.cls, token=token)
        text = fold(mention.text).text
        inside = self.inside(text)

        def claim(predicate: str, head: Participant, tail: Participant, rule: str, confidence: float) -> Candidate:
            return Candidate(
                predicate=predicate, head=head, tail=tail, rule=rule, cue=token, confidence=confidence, roles=("name", "name")
            )

        for issue, rule, confidence in self._issues(entity, inside):
            yield claim(
                "addresses", me, Participant(entity=f"issue/{issue}", cls="IssueArea", token=-1, how="inside"), rule, confidence
            )
        if mention.cls in {"Event", "Forum", "Agreement"}:
            predicate = "partyTo" if mention.cls == "Agreement" else "participatesIn"
            for party in self._parties(text, inside, scene):
                yield claim(predicate, party, me, "name-parties", 0.85)
        if mention.cls == "Event":
            series = self._series(text, inside, scene)
            if series and series.entity != me.entity:
                yield claim("sessionOf", me, series, "name-series", 0.85)
            for other, cls, _ in inside.names:
                if cls == "Place" and not re.search(r"\bon\b|\bfor\b|Ocean|Sea", text.split(other)[0]):
                    yield claim("heldIn", me, Participant(entity=other, cls=cls, token=-1, how="inside"), "name-place", 0.6)
        if mention.cls in {"Organization", "Programme"}:
            parent = self._parent(entity, inside)
            if parent:
                yield claim("partOf", me, parent, "name-parent", 0.75)

    def _issues(self, entity: Entity, inside: Inside) -> Iterator[tuple[str, str, float]]:
        """Yield issues with the rule that tells them: the words of the name, of the full name, or the listed facts."""
        told = dict.fromkeys(inside.issues)
        yield from ((issue, "name-issue", 0.85) for issue in told)
        full = [i for i in self.inside(entity.label).issues if i not in told]
        yield from ((issue, "label-issue", 0.7) for issue in full)
        listed = self.finder.gazetteer.entries.get(entity.id)
        for issue in listed.fact_list("issues") if listed else ():
            if issue not in told and issue not in full:
                yield issue, "listed-issue", 0.3

    def _parties(self, text: str, inside: Inside, scene: Scene) -> Iterator[Participant]:
        states = [(e, c, t) for e, c, t in inside.names if c in {"Country", "Organization"}]
        joined = re.search(r"[\w.]+-(?:[\w.]+-? ?)+", text) is not None
        paired = len(states) > 1 and (joined or " between " in text or " and " in text)
        with_state = len(states) == 1 and re.search(r"\bwith (?:the )?" + re.escape(states[0][2]) + r"$", text)
        if paired:
            for entity, cls, seen in states:
                if cls == "Country" or re.search(re.escape(seen) + r"-|-" + re.escape(seen), text):
                    yield Participant(entity=entity, cls=cls, token=-1, how="inside")
        elif with_state:
            yield Participant(entity=states[0][0], cls=states[0][1], token=-1, how="inside")
            if scene.author:
                yield scene.author

    def _parent(self, entity: Entity, inside: Inside) -> Participant | None:
        listed = self.finder.gazetteer.entries.get(entity.id)
        if listed and listed.facts.get("parent"):
            parent = self._entry(listed.facts["parent"])
            if parent and parent.id != entity.id:
                return Participant(entity=parent.id, cls=parent.cls, token=-1, how="inside")
        for other, cls, _ in inside.names:
            if cls == "Organization" and other != entity.id:
                return Participant(entity=other, cls=cls, token=-1, how="inside")
        return None

    def _entry(self, key: str) -> Entity | None:
        for prefix in ("organization", "forum", "programme", "agreement"):
            entry = self.finder.gazetteer.entries.get(f"{prefix}/{key}")
            if entry:
                return Entity(id=entry.id, cls=entry.cls, label=entry.label)
        return None

    def _series(self, text: str, inside: Inside, scene: Scene) -> Participant | None:
        """Give the series or body that an occasion is a session of, by its name."""
        bare = _NUMBER_LAST.sub("", _NUMBER_FIRST.sub("", text)).strip()
        if bare != text and len(bare) > 3:
            for entity_id, cls, found in self.finder.inner_hits("x " + bare):
                if found == bare and cls in {"Forum", "Organization"}:
                    return self._inside(entity_id, cls, scene)
        sitting = _SITTING_OF.search(text)
        if sitting:
            hits = self.finder.inner_hits("x " + sitting["body"])
            for entity_id, cls, _ in hits:
                if cls in {"Forum", "Organization"}:
                    return self._inside(entity_id, cls, scene)
            return self._new_series(sitting["body"], scene)
        bodies = [(e, c) for e, c, _ in inside.names if c in {"Forum", "Organization"}]
        states = [e for e, c, _ in inside.names if c == "Country"]
        if bodies and not states and "-" not in text.split(" ")[0]:
            return self._inside(*bodies[0], scene)
        if _NUMBER_FIRST.match(text) and bare.count(" ") >= 1:
            return self._new_series(bare, scene)
        return None

    def _inside(self, entity_id: str, cls: str, scene: Scene) -> Participant:
        entry = self.finder.gazetteer.entries.get(entity_id)
        if entry:
            scene.entities.setdefault(
                entity_id, Entity(id=entity_id, cls=entry.cls, label=entry.label, same_as=entry.same_as)
            )
        return Participant(entity=entity_id, cls=cls, token=-1, how="inside")

    def _new_series(self, label: str, scene: Scene) -> Participant:
        entity = Entity(id=f"forum/{slug(label)}", cls="Forum", label=label)
        scene.entities.setdefault(entity.id, entity)
        return Participant(entity=entity.id, cls="Forum", token=-1, how="inside")


def document_year(document: Document) -> int | None:
    """Give the year that undated months of a document belong to."""
    return document.reference_year
