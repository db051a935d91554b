"""Read what a name itself says: its parties, its series, its parent body, its place, its issue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplograph.extract.candidates import Candidate
from diplograph.extract.folding import fold
from diplograph.extract.issues import IssueTerms, find_issue_terms
from diplograph.extract.names import NameFinder, slug
from diplograph.extract.occasion_names import OccasionNames, Series, load_occasion_names
from diplograph.extract.records import Entity, Mention
from diplograph.extract.scene import Participant, Scene

__all__ = ["Entailment", "Inside", "load_entailment"]

# Names whose inside is remembered, at most; then all are forgotten.
_MOST_INSIDES = 20_000
_COMPLEMENT = re.compile(r",? (?:of|in|at|for|on|and)\b")


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
    occasions: OccasionNames
    insides: dict[str, Inside] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the mentions; ``scene.entities`` gains the series they name."""
        known: tuple[Scene, tuple[Candidate, ...]] | None = scene.parsed.remembered.get("entailed")
        if known is None or known[0] is not scene:  # several readers ask for them
            known = scene, tuple(self._entailed(scene))
            scene.parsed.remembered["entailed"] = known
        yield from known[1]

    def _entailed(self, scene: Scene) -> Iterator[Candidate]:
        for index, token in scene.parsed.named_tokens:
            mention = scene.mentions[index]
            if mention.cls in {"Event", "Forum", "Agreement", "Organization", "Programme", "Policy"}:
                yield from self._of(scene, token, mention)

    def inside(self, text: str) -> Inside:
        """Give the listed names and issue terms inside a name."""
        known = self.insides.get(text)
        if known is None:
            folded = fold(text).text
            names = self.finder.inner_hits(folded)
            issues = tuple(dict.fromkeys(h.issue for h in find_issue_terms(folded, self.issue_terms)))
            known = Inside(names=names, issues=issues)
            if len(self.insides) > _MOST_INSIDES:
                self.insides.clear()
            self.insides[text] = known
        return known

    def _of(self, scene: Scene, token: int, mention: Mention) -> Iterator[Candidate]:
        entity = scene.entities[mention.entity]
        me = Participant(entity=mention.entity, cls=mention.cls, token=token)
        text = fold(mention.text).text
        inside = self.inside(text)

        def implied(key: str, cls: str) -> Participant:
            return Participant(entity=key, cls=cls, token=-1, how="inside")

        def claim(predicate: str, head: Participant, tail: Participant, rule: str, sure: float) -> Candidate:
            return Candidate(
                predicate=predicate,
                head=head,
                tail=tail,
                rule=rule,
                cue=token,
                confidence=sure,
                roles=("name", "name"),
            )

        for issue, rule, confidence in self._issues(scene, entity, inside):
            yield claim("addresses", me, implied(f"issue/{issue}", "IssueArea"), rule, confidence)
        joint = mention.cls in {"Forum", "Organization"} and self.occasions.joint_body(text)
        for key, cls, rule in self.occasions.parties(text, inside.names) if joint else ():
            if rule == "name-parties":
                yield claim("memberOf", implied(key, cls), me, "name-parties-member", 0.7)
        if joint and self.occasions.convened.isdisjoint(scene.parsed.lower):
            pass  # of a commission that does not sit its parties are but members
        elif mention.cls in {"Event", "Forum", "Agreement"}:
            predicate = "partyTo" if mention.cls == "Agreement" else "participatesIn"
            for key, cls, rule in self.occasions.parties(text, inside.names):
                yield claim(predicate, implied(key, cls), me, rule, 0.85)
                if rule == "name-with" and scene.author:
                    yield claim(predicate, scene.author, me, rule, 0.85)
        if mention.cls == "Agreement" and (occasion := self.occasions.adopter(text)):
            yield claim("adopts", self._occasion(occasion, scene), me, "name-adopter", 0.6)
        if mention.cls in {"Event", "Forum"}:
            standing = "" if mention.cls == "Event" else "-forum"
            for series in self.occasions.series(text, me.entity):
                if standing and series.rule != "name-series-body":
                    continue
                tail = self._series(series, scene)
                if tail.entity != me.entity:
                    sure = 0.4 if standing else series.confidence
                    yield claim("sessionOf", me, tail, series.rule + standing, sure)
        if mention.cls == "Event":
            for key, cls, rule in self.occasions.places(text, me.entity):
                yield claim("heldIn", me, implied(key, cls), rule, 0.75)
        if mention.cls in {"Organization", "Programme"}:
            for parent, rule, confidence in self._parent(entity, text, inside):
                yield claim("partOf", me, parent, rule, confidence)

    def _issues(self, scene: Scene, entity: Entity, inside: Inside) -> Iterator[tuple[str, str, float]]:
        """Yield issues with the rule that tells them: the words of the name, of the full name, or the listed facts.

        What only the full name or the vocabulary tells counts where the text speaks of the issue too: in the
        sentence, near it, or at least somewhere. A listed issue of which it never speaks is no claim of the text.
        """
        told = dict.fromkeys(inside.issues)
        yield from ((issue, "name-issue", 0.85) for issue in told)
        full = [i for i in self.inside(entity.label).issues if i not in told]
        for issue in full:
            known = f"issue/{issue}" in scene.entities
            yield issue, *(("label-issue", 0.7) if known else ("label-issue-untold", 0.4))
        listed = self.finder.gazetteer.entries.get(entity.id)
        for issue in listed.fact_list("issues") if listed else ():
            if issue not in told and issue not in full and f"issue/{issue}" in scene.entities:
                yield issue, *_listed(scene, f"issue/{issue}")

    def _parent(self, entity: Entity, text: str, inside: Inside) -> Iterator[tuple[Participant, str, float]]:
        """Yield the body that the name holds, that the full name holds, or that the table lists."""
        listed = self.finder.gazetteer.entries.get(entity.id)
        parent = self._entry(listed.facts["parent"]) if listed and listed.facts.get("parent") else None
        fits = [(e, t) for e, c, t in inside.names if c == "Organization" and e != entity.id]
        full = [e for e, c, _ in self.inside(entity.label).names if c == "Organization"]
        if parent and parent.id != entity.id:
            if parent.id in [e for e, _ in fits] or self._opens_with(text, parent.id):
                rule, confidence = "name-parent", 0.85
            elif parent.id in full:
                rule, confidence = ("acronym-parent", 0.4) if text.isupper() else ("label-parent", 0.2)
            else:
                rule, confidence = "listed-parent", 0.1
            yield Participant(entity=parent.id, cls=parent.cls, token=-1, how="inside"), rule, confidence
        elif fits and listed and text.startswith(fits[0][1]) and self._ends_with(text, entity.id):
            # "the UN Committee on the Elimination of Racial Discrimination", listed without a parent
            opening = Participant(entity=fits[0][0], cls="Organization", token=-1, how="inside")
            yield opening, "name-parent-listed", 0.7
        elif fits and listed is None:
            told = [(e, t, *text.partition(t)[::2]) for e, t in fits]
            # "the Bureau of African Affairs of the Department of State": the first is the name's own beginning
            told = [one for one in told if one[2] or not _COMPLEMENT.match(one[3])]
            if not told:
                return
            body, seen, before, after = told[0]
            joined = before.endswith(("-", "/")) or after.startswith(("-", "/"))
            # "the Senior Foreign Service" is no part of the Foreign Service
            qualified = not after and not before.removesuffix("the ").endswith(
                ("of ", "within ", "under ", "to ")
            )
            strong = seen.count(" ") > 0 or seen.isupper()
            sure = strong and not joined and not qualified
            rule = "name-parent-unlisted" if sure else "name-parent-weak"
            yield (
                Participant(entity=body, cls="Organization", token=-1, how="inside"),
                rule,
                0.6 if sure else 0.2,
            )

    def _opens_with(self, text: str, key: str) -> bool:
        """Tell whether a name begins with a body's name, however the words behind it were read."""
        entry = self.finder.gazetteer.entries.get(key)
        return entry is not None and any(text.startswith(f"{form.text} ") for form in entry.forms)

    def _ends_with(self, text: str, key: str) -> bool:
        return any(e == key and text.endswith(seen) for e, _, seen in self.finder.inner_hits(text))

    def _entry(self, key: str) -> Entity | None:
        for prefix in ("organization", "forum", "programme", "agreement"):
            entry = self.finder.gazetteer.entries.get(f"{prefix}/{key}")
            if entry:
                return Entity(id=entry.id, cls=entry.cls, label=entry.label)
        return None

    def _occasion(self, name: str, scene: Scene) -> Participant:
        """Give a meeting named inside a name as a participant; ``scene.entities`` gains it unless the text names it."""
        whole = next(
            (e for e, cls, t in self.finder.inner_hits(f"x {name}") if t == name and cls == "Event"), ""
        )
        entry = self.finder.gazetteer.entries.get(whole)
        known = next(
            (e for e in scene.entities.values() if e.cls == "Event" and name in (e.label, *e.aliases)), None
        )
        entity = known or (
            Entity(id=entry.id, cls=entry.cls, label=entry.label, same_as=entry.same_as)
            if entry
            else Entity(id=f"event/{slug(name)}", cls="Event", label=name)
        )
        scene.entities.setdefault(entity.id, entity)
        return Participant(entity=entity.id, cls="Event", token=-1, how="inside")

    def _series(self, series: Series, scene: Scene) -> Participant:
        """Give a series as a participant; ``scene.entities`` gains it."""
        entry = self.finder.gazetteer.entries.get(series.entity)
        if entry:
            aliases = (series.label,) if series.label not in {"", entry.label} else ()
            entity = Entity(
                id=entry.id, cls=entry.cls, label=entry.label, aliases=aliases, same_as=entry.same_as
            )
        else:
            entity = Entity(id=f"forum/{slug(series.label)}", cls="Forum", label=series.label)
        known = scene.entities.get(entity.id, entity)
        scene.entities[entity.id] = replace(known, aliases=tuple(sorted({*known.aliases, *entity.aliases})))
        return Participant(entity=entity.id, cls=known.cls, token=-1, how="inside")


def _listed(scene: Scene, issue: str) -> tuple[str, float]:
    """Give the rule of a listed issue, and how sure it is, by how near the text speaks of the issue."""
    if any(m.entity == issue for m in scene.mentions):
        return "listed-issue", 0.55
    return ("listed-issue-near", 0.3) if issue in scene.near_issues else ("listed-issue-told", 0.2)


def load_entailment(folder: Path, *, finder: NameFinder, issue_terms: IssueTerms) -> Entailment:
    """Read ``occasion_names.toml`` and put the reader of names together."""
    return Entailment(
        finder=finder,
        issue_terms=issue_terms,
        occasions=load_occasion_names(folder, inner_hits=finder.inner_hits, entries=finder.gazetteer.entries),
    )
