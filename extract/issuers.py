"""Say who issues a text: one state, several together, or a body or an occasion ("the Council", "Leaders").

Whoever issues a text is meant by its "we", by "the Ministers", by a bare "the Council", and by the unsaid subject
of its decisions ("Decides to …"). A state issues what its ministries publish; elsewhere the publisher is named
in the document's data, and the opening of the text says more: a list of those who met, or the organ that convened.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.parsing import Parsed
from diplograph.extract.records import Document
from diplograph.extract.salience import ACTORS, Context, is_main_subject, words_of
from diplograph.extract.scene import Participant

__all__ = ["Issuers", "load_issuers"]

# A text says in its title or first lines (code points) that several issue it, and names them in its first sentences.
_HEAD = 300
_OPENING = 8
# The organ that issues a text is named at its very beginning.
_FIRST = 4
# Words between an office and the list of those who hold it ("the heads of the member states of the X: A, B").
_OFFICE_REACH = 12
# What stands behind one of these in the line of the publisher is a title or a note.
_ASIDE = re.compile(r"[:(]")
_BODIES = frozenset({"Organization", "Forum"})
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, kw_only=True)
class Issuers:
    """The finder of those who issue a text; word lists fixed.

    ``actors`` gives the listed names inside a text as (entity id, class, words).
    """

    joint_titles: tuple[str, ...]
    joint_cues: frozenset[str]
    joint_links: frozenset[str]
    offices: frozenset[str]
    organs: frozenset[str]
    offices_of_bodies: re.Pattern[str]
    ministries: re.Pattern[str]
    actors: Callable[[str], tuple[tuple[str, str, str], ...]]

    def begin(self, document: Document) -> Context:
        """Give the context in which a document begins: who speaks in it, and who its head names."""
        context = Context(joint=self._is_joint(document))
        named = self._publishers(document)
        for p in named:
            context.recent.append((p, words_of(p, "")))
        if document.country:
            context.author = Participant(
                entity=f"country/{document.country}", cls="Country", token=-1, how="author"
            )
            return context
        context.bodily = True
        if named and named[0].cls in _BODIES:
            context.issuer = named[0]
        if len(named) > 1:
            context.voice = named
        elif named and not context.joint:
            context.author = named[0]
        elif named and named[0].cls in _BODIES and not self.ministries.search(document.publisher):
            context.publisher = named[0]
        return context

    def _is_joint(self, document: Document) -> bool:
        """Tell whether a document's title, publisher or first lines say that several issue it together."""
        opening = f"{document.publisher} {document.title} {document.text[:_HEAD]}".lower().replace("-", " ")
        return any(title in opening for title in self.joint_titles)

    def note(
        self, context: Context, parsed: Parsed, document: Document, names: tuple[Participant, ...]
    ) -> None:
        """Note what the opening of a text says of those who issue it."""
        if context.sentence >= _OPENING or not parsed.words:
            return
        if not context.voice:
            lone = context.bodily and context.author is None
            body = context.publisher is not None
            context.voice = self._listed(parsed, names, joint=context.joint, bodily=lone, published=body)
        if not context.bodily:
            return
        if context.sentence < _FIRST:
            self._note_organs(context, parsed, document, names)
        elif context.author is None and not context.voice:
            context.author = context.publisher

    def _publishers(self, document: Document) -> tuple[Participant, ...]:
        """Give who is named as the publisher, without what stands behind a colon or in parentheses."""
        head = _ASIDE.split(document.publisher, maxsplit=1)[0].strip()
        bare = self.offices_of_bodies.sub("", head).strip()
        return self._acting(bare) or self._acting(head) if bare != head else self._acting(head)

    def _acting(self, head: str) -> tuple[Participant, ...]:
        found: dict[str, Participant] = {}
        for entity, cls, words in self.actors(f"{head} :") if head else ():
            if self.ministries.match(words):
                _, _, state = words.rpartition(" of ")
                states = [(e, c) for e, c, _ in self.actors(f"{state} :") if c == "Country"]
                entity, cls = states[0] if len(states) == 1 else (entity, cls)
            if cls in ACTORS:
                found.setdefault(entity, Participant(entity=entity, cls=cls, token=-1, how="author"))
        return tuple(found.values())

    def _listed(
        self,
        parsed: Parsed,
        names: tuple[Participant, ...],
        *,
        joint: bool,
        bodily: bool,
        published: bool,
    ) -> tuple[Participant, ...]:
        """Give those whom a sentence lists as meeting or issuing a text together ("A, B and C met"), or nobody.

        Where a body publishes the text, or nothing says that several issue it, an office before the list must say
        so ("The Presidents of A, B and C met").
        """
        if not (joint or bodily) or not self.joint_cues & set(parsed.lower):
            return ()
        runs: list[list[Participant]] = [[]]
        last = -1
        for p in names:
            if p.cls not in {"Country", "Organization", "Person"}:
                continue
            between = parsed.lower[last + 1 : p.token]
            abbreviated = p.cls == "Organization" and "(" in between  # "the African Union (AU)"
            if abbreviated or not self.joint_links.issuperset(between):
                runs.append([])
            runs[-1].append(p)
            last = p.token
        told = [{p.entity: p for p in run if p.cls != "Person"} for run in runs]
        longest = max(told, key=len)
        if len(longest) < 2 or not (
            (joint and not published) or self._holding(parsed, next(iter(longest.values())).token)
        ):
            return ()
        return tuple(longest.values())

    def _holding(self, parsed: Parsed, first: int) -> bool:
        """Tell whether an office stands before the first of a list, and no verb of the main clause before that."""
        if any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in parsed.tags[:first]):
            return False
        return not self.offices.isdisjoint(parsed.lower[max(0, first - _OFFICE_REACH) : first])

    def _note_organs(
        self, context: Context, parsed: Parsed, document: Document, names: Sequence[Participant]
    ) -> None:
        """Note the body or occasion that acts as a text begins: of those with one noun the best named, then the first.

        A subject is better than a name in a heading, and a body better than an occasion.
        """
        heading = _is_heading(parsed)
        for p in names:
            if p.cls not in _BODIES | {"Event"} or not (heading or is_main_subject(parsed, p.token)):
                continue
            name = parsed.sentence.mentions[parsed.mention[p.token]].text
            words = name.lower().split()
            known = context.author is not None and words_of(context.author, "").issuperset(words)
            one = context.author if known and context.author else p
            for noun in self.organs.intersection(words):
                organ = (self._named_inside(name, noun) if p.cls == "Event" else None) or one
                rank = (0 if heading else 2) + (organ.cls in _BODIES)
                if rank > context.organ_ranks.get(noun, -1):
                    context.organs[noun], context.organ_ranks[noun] = organ, rank
            if one is p and p.cls in _BODIES and not context.voice and self._issues(context, document, p):
                context.author = Participant(entity=p.entity, cls=p.cls, token=-1, how="author")

    def _named_inside(self, name: str, noun: str) -> Participant | None:
        """Give the listed body inside the name of an occasion that has a noun ("the Ministerial Meeting of the Arctic Council")."""
        for entity, cls, words in self.actors(name):
            if cls in _BODIES and noun in words.lower().split():
                return Participant(entity=entity, cls=cls, token=-1, how="author")
        return None

    def _issues(self, context: Context, document: Document, organ: Participant) -> bool:
        """Tell whether an organ named at the beginning is that of the publisher, who is less exactly known."""
        if context.organ_found:
            return False
        publisher = set(_WORD.findall(document.publisher.lower()))
        mine = set(_WORD.findall(organ.entity.replace("-", " ")))
        context.organ_found = len(publisher & mine) > 1
        return context.organ_found


def _is_heading(parsed: Parsed) -> bool:
    return not any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in parsed.tags)


def load_issuers(folder: Path, actors: Callable[[str], tuple[tuple[str, str, str], ...]]) -> Issuers:
    """Read ``issuers.toml``; ``actors`` gives the listed names inside a text as (entity id, class, words)."""
    data = tomllib.loads((folder / "issuers.toml").read_text(encoding="utf-8"))
    return Issuers(
        joint_titles=tuple(data["joint_titles"]),
        joint_cues=frozenset(data["joint_cues"]),
        joint_links=frozenset(data["joint_links"]),
        offices=frozenset(data["offices"]),
        organs=frozenset(data["organs"]),
        offices_of_bodies=re.compile(
            r"\b(?:" + "|".join(re.escape(o) for o in data["offices_of_bodies"]) + r")\b"
        ),
        ministries=re.compile(r"\b(?:" + "|".join(re.escape(m) for m in data["ministries"]) + r")\b"),
        actors=actors,
    )
