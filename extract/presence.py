"""Read who presides over an occasion or body, and who is present at it: ``chairs``, ``participatesIn``.

"The Commission, headed by A", "under the chairmanship of A and B", "attended by A, President of X, and B": lists of
names with titles defeat the parser, so they are read in their order. Words: ``presence.toml``.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.extract.candidates import Candidate, cued
from diplograph.extract.scene import Participant, Scene

__all__ = ["Presence", "load_presence"]

_CHAIRED = ("Event", "Forum", "Organization")
_OCCASIONS = ("Event", "Forum")
_STATES = frozenset({"Country", "Organization"})
# "The Conference, which was held in Lima in May and was co-chaired by": words between a name and the participle.
_FAR = 6
# "took part in the meeting at this level, including": words between taking part and those who did.
_NAMELY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Callable on a scene: candidates for ``chairs`` and ``participatesIn``; settings only.

    ``meets`` says of the text of a name whether it is of something that is attended, unlike a war.
    """

    meets: Callable[[str], bool]
    presiding: frozenset[str]
    personal: frozenset[str]
    passing: frozenset[str]
    chairs: frozenset[str]
    under: frozenset[str]
    before_chair: frozenset[str]
    present: Mapping[str, tuple[tuple[str, ...], ...]]
    cues: frozenset[str]
    loose: frozenset[tuple[str, ...]]
    list_glue: frozenset[str]
    represented: frozenset[str]
    attending: frozenset[str]
    parts: frozenset[str]
    taking: frozenset[str]
    instances: frozenset[str]
    closing: frozenset[str]
    attendance: frozenset[str]
    inviting: frozenset[str]
    missions: frozenset[str]
    attesting: frozenset[str]

    def __call__(self, scene: Scene) -> Iterator[Candidate]:
        """Yield candidates in the order of the phrases."""
        if not scene.mentions:
            return
        parsed = scene.parsed
        if self.cues.isdisjoint(parsed.vocabulary):
            return
        for token, word in enumerate(parsed.lower):
            if word not in self.cues or parsed.inside[token] >= 0:
                continue
            if word in self.presiding and "by" in parsed.lower[token + 1 : token + 4]:
                yield from self._presided(scene, token)
            if word in self.chairs:
                yield from self._chairmanship(scene, token)
            phrase = self._phrase(parsed.lower, token)
            if phrase:
                yield from self._present(scene, token, phrase)
            if word in self.represented and "by" in parsed.lower[token + 1 : token + _NAMELY]:
                yield from self._represented(scene, token)
            if word in self.attending:
                yield from self._namely(scene, token)
                yield from self._were_there(scene, token)
            if word in self.attendance and parsed.lower[token - 1] == "in":
                yield from self._in_attendance(scene, token - 1)
            if word in self.inviting:
                yield from self._invited(scene, token)

    # -- who presides ---------------------------------------------------------------------------------

    def _presided(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "X (,) (was) chaired by A and B"; the name stands right before."""
        parsed = scene.parsed
        at = token - 1
        while (
            at >= 0
            and token - at <= _FAR + 2
            and parsed.inside[at] < 0
            and (parsed.lower[at] in self.passing or parsed.tags[at] == "CD")
        ):
            at -= 1
        at = self._called(scene, at, token)
        what = self._name_at(scene, at)
        if what is None or what.cls == "IssueArea":
            what = self._about(scene, at)
        if what is None or what.cls not in _CHAIRED or self._sent(scene, what):
            return
        by = next(i for i in range(token + 1, token + 4) if parsed.lower[i] == "by")
        chairs = self._list(scene, by, titled=True)
        if (
            parsed.lower[token] in self.personal
        ):  # "the Alliance, headed by X", not "NATO, led by the United States"
            chairs = [p for p in chairs if p.cls == "Person"]
        yield from self._chair(scene, chairs, what, token, "presided-by", 0.65)

    def _called(self, scene: Scene, at: int, token: int) -> int:
        """Go on before who only called or founded what is presided over: "a conference convened by A and chaired by B"."""
        parsed = scene.parsed
        body = self._name_at(scene, at)
        if body is None or body.cls not in _STATES or "and" not in parsed.lower[at + 1 : token]:
            return at
        by = at
        while (
            by > 0
            and parsed.lower[by] != "by"
            and (
                parsed.inside[by] >= 0
                or parsed.tags[by] in {"NNP", "HYPH"}
                or parsed.lower[by] in self.list_glue
            )
        ):
            by -= 1
        if parsed.lower[by] != "by" or parsed.tags[by - 1] != "VBN":
            return at
        before = by - 2
        while (
            before > 0
            and parsed.inside[before] < 0
            and (
                parsed.lower[before] in self.passing
                or parsed.lower[before] == "of"
                or parsed.tags[before] in {"CD", "RB", "DT"}
            )
        ):
            before -= 1
        return before

    def _about(self, scene: Scene, at: int) -> Participant | None:
        """Give the occasion whose subject stands between: "a meeting on food security, chaired by A"."""
        parsed = scene.parsed
        for token in range(at, max(-1, at - _NAMELY), -1):
            named = self._name_at(scene, token)
            if named is not None and named.cls == "Event":
                return named if "on" in parsed.lower[token + 1 : token + 3] else None
            if named is not None and named.cls != "IssueArea":
                return None
            if parsed.words[token] in {".", ";", ","} or parsed.tags[token].startswith("VB"):
                return None
        return None

    def _sent(self, scene: Scene, body: Participant) -> bool:
        """Tell whether a body only sends who is led: "a mission of the Council, led by A"."""
        parsed = scene.parsed
        at = body.token
        while at >= 0 and (parsed.inside[at] == parsed.inside[body.token] or parsed.tags[at] == "DT"):
            at -= 1
        return at > 0 and parsed.lower[at] in {"of", "from"} and parsed.lower[at - 1] in self.missions

    def _chairmanship(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "X was held under the chairmanship of A" and "under Germany's presidency, X met"."""
        parsed = scene.parsed
        before = token - 1
        owners: list[Participant] = []
        while before >= 0 and (
            parsed.lower[before] in self.before_chair
            or parsed.lower[before] == "'s"
            or parsed.inside[before] >= 0
        ):
            owner = self._name_at(scene, before)
            if owner is not None and owner.cls in {"Country", "Person"} and owner not in owners:
                owners.append(owner)
            before -= 1
        told = before >= 0 and parsed.lower[before] in self.under
        after = token + 1
        if not told:
            if len(owners) == 1 and after < len(parsed.words) and parsed.lower[after] == "of":
                what = next((p for p in self._list(scene, after, *_CHAIRED)), None)
                if what is not None and parsed.lower[token] != "leadership":
                    yield from self._chair(scene, owners, what, token, "presidency-of", 0.6)
            return
        if not owners and after < len(parsed.words) and parsed.lower[after] in {"of", "by"}:
            owners = self._list(scene, after)
        elif owners and after < len(parsed.words) and parsed.lower[after] == "of":
            of = self._list(scene, after, "Organization", "Forum")[:1]
            if of:  # "under Portugal's presidency of the Union": not of the summit told before
                yield from self._chair(scene, owners, of[0], token, "under-presidency-of", 0.65)
                return
        weak = parsed.lower[token] in {"leadership", "stewardship"}
        named = [p for p in scene.names(*_OCCASIONS) if p not in owners and self._meets(scene, p)]
        earlier = [p for p in named if p.token < before]
        what = earlier[-1] if earlier else (named[0] if named else None)
        if what is not None:
            yield from self._chair(scene, owners, what, token, "under-chairmanship", 0.45 if weak else 0.65)

    def _chair(
        self, scene: Scene, chairs: Sequence[Participant], what: Participant, cue: int, rule: str, sure: float
    ) -> Iterator[Candidate]:
        persons = [p for p in chairs if p.cls == "Person"]
        for p in persons or [c for c in chairs if c.cls in _STATES]:
            if p.entity == what.entity:
                continue
            yield cued("chairs", p, what, rule, cue, sure)
            if what.cls == "Event" and p.cls == "Person":  # states chair by whom they send
                yield cued("participatesIn", p, what, rule, cue, sure - 0.1)
            state = scene.speakers.get(p.entity)
            if state is not None and state.cls == "Country" and what.cls != "Organization":
                yield cued("chairs", state, what, rule + "-state", cue, 0.4)

    # -- who is present -------------------------------------------------------------------------------

    def _phrase(self, words: Sequence[str], token: int) -> tuple[str, ...]:
        for phrase in self.present.get(words[token], ()):
            if tuple(words[token : token + len(phrase)]) == phrase:
                return phrase
        return ()

    def _present(self, scene: Scene, token: int, phrase: tuple[str, ...]) -> Iterator[Candidate]:
        """Read "X was attended by A, President of Y, and B": those listed behind a phrase are at the occasion before it."""
        end = token + len(phrase) - 1
        occasions = self._occasions(scene)
        before = [p for p in occasions if p.token < token and token - p.token < 4 * _FAR]
        rule = "present-" + "-".join(phrase[:2])
        sure = 0.4 if phrase in self.loose else 0.6
        listed = self._list(scene, end)
        if phrase[0] == "present" and phrase[-1] == "at":
            what = next((p for p in occasions if p.token > token), None)
            listed = self._list(scene, what.token, titled=True) if what is not None else []
            if what is None or not any(
                scene.parsed.lower[i] in {"were", "was"} for i in range(what.token, len(scene.parsed.words))
            ):
                return
        elif before:
            what = before[-1]
        elif phrase in self.loose:
            return
        elif not self.attesting.isdisjoint(scene.parsed.lower[:token]):
            return  # "the protocol signed at Prespa in the presence of A": at no meeting told before
        else:
            what = next((p for p in scene.latest if p.cls == "Event" and self._meets(scene, p)), None)
            rule, sure = rule + "-latest", sure - 0.1
        if what is None:
            return
        persons = [p for p in listed if p.cls == "Person"]
        for p in persons:
            yield cued("participatesIn", p, what, rule, token, sure)
        for p in listed:
            if p.cls in _STATES and p.entity != what.entity:
                yield cued(
                    "participatesIn",
                    p,
                    what,
                    rule + ("-title" if persons else ""),
                    token,
                    sure - (0.1 if persons else 0.0),
                )

    def _represented(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "A was represented by B" and "…, and C by D", said of the occasion spoken of."""
        what, how = self._spoken_of(scene, token)
        if what is None:
            return
        parsed = scene.parsed
        start = token
        by = next(i for i in range(token + 1, token + _NAMELY) if parsed.lower[i] == "by")
        sides = [p for p in scene.names("Country", "Organization") if start - 6 < p.token < start][-1:]
        for p in (*sides, *self._list(scene, by, titled=True)):
            if p.entity != what.entity and (p.cls != "Organization" or p in sides):
                yield cued("participatesIn", p, what, "represented-by" + how, token, 0.6)

    def _namely(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "Fifty states took part, including A, B and C", "also attending were A and B"."""
        parsed = scene.parsed
        word = parsed.lower[token]
        if word in self.parts and parsed.lower[token - 1] not in self.taking:
            return
        for brings in range(token + 1, min(token + _NAMELY, len(parsed.words))):
            named = self._name_at(scene, brings)
            if named is not None and named.cls not in _OCCASIONS:
                return
            if parsed.lower[brings] in self.instances or (
                parsed.lower[brings] in {"were", "was"} and parsed.tags[token] == "VBG"
            ):
                break
        else:
            return
        what, how = self._spoken_of(scene, brings)
        listed = self._list(scene, brings, titled=True)
        persons = [p for p in listed if p.cls == "Person"]
        if what is None or len(listed) < 2:
            return
        for p in listed:
            if p.cls == "Person" or not persons or p.cls == "Country":
                form = "-title" if persons and p.cls != "Person" else ""
                yield cued("participatesIn", p, what, "took-part-namely" + form + how, token, 0.6)

    def _were_there(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "President A of X, Minister B and C were present", said of the occasion told before."""
        parsed = scene.parsed
        word = parsed.lower[token]
        after = parsed.lower[token + 1] if token + 1 < len(parsed.words) else "."
        if after not in self.closing or (word in self.parts and parsed.lower[token - 1] not in self.taking):
            return
        if parsed.tags[token] == "VBG" or (scene.names(*_OCCASIONS) and not self._told_here(scene, token)):
            return
        start = token
        while start > 0 and parsed.words[start - 1] not in {".", ";", ":"}:
            start -= 1
        verb = next(
            (t for t in range(start, token + 1) if parsed.tags[t] in {"VBD", "VBP", "VBZ", "MD"}), token
        )
        listed = [p for p in self._list(scene, start - 1, titled=True) if p.token < verb]
        last = max((p.token for p in listed), default=-1)
        if len(listed) < 2 or verb - last > 2 or "not" in parsed.lower[start:token]:
            return
        what, how = self._spoken_of(scene, token)
        persons = [p for p in listed if p.cls == "Person"]
        for p in persons or listed:
            if what is not None and p.entity != what.entity and not how.endswith("forum"):
                yield cued("participatesIn", p, what, "were-present" + how, token, 0.6)

    def _told_here(self, scene: Scene, token: int) -> bool:
        """Tell whether the sentence names an occasion before a word, in front ("At X, A and B were present")."""
        return any(p.token < token for p in scene.names(*_OCCASIONS))

    def _in_attendance(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "with A and B in attendance" and "in attendance were A and B"."""
        what, how = self._spoken_of(scene, token)
        if what is None:
            return
        parsed = scene.parsed
        if parsed.lower[token + 2 : token + 3] in {("were",), ("was",), (":",)}:
            listed = self._list(scene, token + 2, titled=True)
        else:
            start = next((i for i in range(token - 1, -1, -1) if parsed.lower[i] == "with"), -1)
            listed = (
                [p for p in self._list(scene, start, titled=True) if p.token < token] if start >= 0 else []
            )
        persons = [p for p in listed if p.cls == "Person"]
        for p in persons or listed:
            if p.entity != what.entity:
                yield cued("participatesIn", p, what, "in-attendance" + how, token, 0.6)

    def _invited(self, scene: Scene, token: int) -> Iterator[Candidate]:
        """Read "the Summit, to which Japan invited the leaders of A and B" and "invited A and B to the Summit"."""
        parsed = scene.parsed
        start = token
        while start + 1 < len(parsed.words) and parsed.lower[start + 1] in self.list_glue:
            start += 1
        if parsed.lower[start] == "to":
            return  # "was invited to"
        listed = self._list(scene, token, titled=True)
        passive = any(parsed.lower[i] in {"was", "were", "been"} for i in range(max(0, token - 3), token))
        if not listed or passive:
            return
        occasions = [p for p in self._occasions(scene) if p.cls == "Event"]
        behind = [p for p in occasions if 0 < p.token - listed[-1].token <= _FAR]
        before = [p for p in occasions if p.token < token]
        relative = parsed.lower[max(0, token - 5) : token]
        if behind:
            what, rule = behind[0], "invited-to"
        elif before and "which" in relative:
            what, rule = before[-1], "to-which-invited"
        else:
            return
        for p in listed:
            if p.entity != what.entity and p.cls in {"Country", "Person"}:
                yield cued("participatesIn", p, what, rule, token, 0.55)

    def _spoken_of(self, scene: Scene, token: int) -> tuple[Participant | None, str]:
        """Give the occasion named or meant before a token, else the last one told of, with ``-latest``."""
        occasions = self._occasions(scene)
        before = [p for p in occasions if p.token < token]
        if before or occasions:
            return (before[-1] if before else occasions[0]), ""
        for cls in _OCCASIONS:
            for p in scene.latest:
                if p.cls == cls and self._meets(scene, p):
                    return p, "-latest" + ("-forum" if cls == "Forum" else "")
        return None, ""

    def _occasions(self, scene: Scene) -> list[Participant]:
        """Give the occasions that words of the sentence name or stand for, in order of place."""
        meant = [
            p
            for t, found in scene.anaphors.items()
            for p in found
            if p.cls == "Event" and len(found) == 1 and self._meets(scene, p)
        ]
        return sorted(
            (*(p for p in scene.names(*_OCCASIONS) if self._meets(scene, p)), *meant), key=lambda p: p.token
        )

    # -- names ----------------------------------------------------------------------------------------

    def _meets(self, scene: Scene, occasion: Participant) -> bool:
        entity = scene.entities.get(occasion.entity)
        return self.meets(entity.label if entity is not None else "")

    def _name_at(self, scene: Scene, token: int) -> Participant | None:
        """Give the name that covers a token."""
        if token < 0 or token >= len(scene.parsed.words) or scene.parsed.inside[token] < 0:
            return None
        head = scene.parsed.token_of.get(scene.parsed.inside[token])
        return scene.named(head) if head is not None else None

    def _list(self, scene: Scene, start: int, *classes: str, titled: bool = False) -> list[Participant]:
        """Give the names of a list behind a token, as long as only titles and words of lists stand between.

        With ``titled``, any word with a capital counts as one of a title ("Federal Councillor A").
        """
        parsed = scene.parsed
        wanted = classes or ("Country", "Organization", "Person")
        found: dict[str, Participant] = {}
        for token in range(start + 1, len(parsed.words)):
            named = self._name_at(scene, token)
            if named is not None:
                if named.cls in wanted:
                    found.setdefault(named.entity, named)
                elif classes or named.cls in _OCCASIONS:
                    break
            elif (
                parsed.inside[token] < 0
                and parsed.lower[token] not in self.list_glue
                and not (titled and parsed.tags[token] in {"NNP", "NNPS"})
            ):
                break
        return list(found.values())


def load_presence(folder: Path, meets: Callable[[str], bool]) -> Presence:
    """Read ``presence.toml``; longer phrases are looked for first."""
    data = tomllib.loads((folder / "presence.toml").read_text(encoding="utf-8"))
    phrases = sorted({tuple(text.split()) for text in data["present"]}, key=lambda p: (-len(p), p))
    present = {first: tuple(p for p in phrases if p[0] == first) for first in sorted({p[0] for p in phrases})}
    return Presence(
        meets=meets,
        presiding=frozenset(data["presiding"]),
        personal=frozenset(data["personal"]),
        passing=frozenset(data["passing"]),
        chairs=frozenset(data["chairs"]),
        under=frozenset(data["under"]),
        before_chair=frozenset(data["before_chair"]),
        present=present,
        cues=frozenset(
            [
                *present,
                *(
                    word
                    for key in (
                        "presiding",
                        "chairs",
                        "represented",
                        "attending",
                        "attendance",
                        "inviting",
                    )
                    for word in data[key]
                ),
            ]
        ),
        loose=frozenset(tuple(text.split()) for text in data["loose"]),
        list_glue=frozenset(data["list_glue"]),
        represented=frozenset(data["represented"]),
        attending=frozenset(data["attending"]),
        parts=frozenset(data["parts"]),
        taking=frozenset(data["taking"]),
        instances=frozenset(data["instances"]),
        closing=frozenset(data["closing"]),
        attendance=frozenset(data["attendance"]),
        inviting=frozenset(data["inviting"]),
        missions=frozenset(data["missions"]),
        attesting=frozenset(data["attesting"]),
    )
