"""Say why a claim is in a build: its sentence, the rule with its source, what the ranker weighed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from diplograph.exports.jsonl import read_jsonl
from diplograph.extract.candidates import Candidate
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.names import Named
from diplograph.extract.pairs import Pair, pair_up, standing
from diplograph.extract.ranking import Ranker
from diplograph.extract.records import Block, Claim, Document, Evidence, Mention, Sentence, Span
from diplograph.extract.rule_sources import find_rule
from diplograph.extract.scene import Participant, Scene
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.errors import InputError
from diplograph.ontology.model import SYMMETRIC_RELATIONS

__all__ = ["explain"]

# Features shown of those that weighed most, for and against.
SHOWN = 8


def explain(build_folder: Path, claim_id: str) -> str:
    """Tell in plain text why a build makes a claim; the same build gives the same text.

    The sentences are read again, each by itself, with the names that the build found in it: where the claim
    rests on the sentences before ("it", "the two countries"), the text says that one alone does not give it.

    Args:
        build_folder: What ``diplograph build`` wrote.
        claim_id: The id of a claim in ``claims.jsonl``, or a beginning of it that no other claim shares.

    Raises:
        InputError: The folder holds no build, or not exactly one claim with that id.
    """
    kg = read_jsonl(build_folder)
    found = [claim for key, claim in kg.claims_by_id.items() if key.startswith(claim_id)]
    if len(found) != 1:
        problem = f"holds no claim {claim_id!r}" if not found else f"holds {len(found)} claims {claim_id!r}…"
        raise InputError(build_folder, problem, "take a whole id from claims.jsonl")
    extractor = load_extractor()
    parts = [_claim(kg, found[0]), _rule(found[0])]
    parts += [_evidence(kg, found[0], piece, extractor) for piece in found[0].evidence]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _claim(kg: KnowledgeGraph, claim: Claim) -> list[str]:
    subject, target = kg.entities[claim.subject], kg.entities[claim.object]
    lines = [
        f"{subject.label} — {claim.predicate} — {target.label}",
        f"claim       {claim.id}",
        f"subject     {claim.subject} ({subject.cls})",
        f"object      {claim.object} ({target.cls})",
    ]
    lines += [f"{name:11s} {value}" for name, value in claim.qualifiers.as_dict().items()]
    return [*lines, f"modality    {claim.modality}", f"confidence  {claim.confidence:.2f}"]


def _rule(claim: Claim) -> list[str]:
    lines = [f"rule        {claim.rule}"]
    source = find_rule(rules_folder(), claim.rule, claim.predicate)
    if source is None:
        return [*lines, "            (no rule file tells of it)"]
    place = f"rules/{source.file}" if not source.file.endswith(".py") else source.file
    lines.append(f"file        {place}:{source.line}" if source.line else f"file        {place}")
    lines.append(f"reads       {source.reads}")
    lines.append(f"source      {source.source or 'not given'}")
    return lines + [f"example     {example}" for example in source.examples[:2]]


def _evidence(kg: KnowledgeGraph, claim: Claim, piece: Evidence, extractor: Extractor) -> list[str]:
    record = kg.documents.get(piece.document)
    title = f" ({record.title})" if record and record.title else ""
    lines = [
        f"document    {piece.document}{title}, characters {piece.start} to {piece.end}",
    ]
    if record and record.url:
        lines.append(f"address     {_address(record.url, piece)}")
    if piece.section:
        lines.append(f"section     {' '.join(piece.section.split())}")
    if piece.page:
        lines.append(f"page        {piece.page}")
    if piece.anchor:
        lines.append(f"anchor      {piece.anchor}")
    lines.append(f"sentence    {' '.join(piece.text.split())}")
    return lines + list(_read_again(kg, claim, piece, extractor))


def _address(url: str, piece: Evidence) -> str:
    """Give the address that opens the source at the passage, as far as the address itself can say."""
    fragment = f"page={piece.page}" if piece.page else quote(piece.anchor)
    return f"{url.partition('#')[0]}#{fragment}" if fragment else url


def _read_again(kg: KnowledgeGraph, claim: Claim, piece: Evidence, extractor: Extractor) -> Iterator[str]:
    document, named = _alone(kg, piece)
    for _, scene, candidates in extractor.relations.read_scenes(document, named):
        proposed = [c for c in candidates if _says(c.predicate, c.head, c.tail, claim)]
        for candidate in sorted(proposed, key=lambda c: (c.rule != claim.rule, -c.confidence, c.rule)):
            yield _roles(scene, candidate)
        if claim.rule.startswith("table-"):
            yield "alone       the row gives the claim together with the head of its table"
            return
        if not proposed and claim.rule != "ranked-pair":
            yield "alone       the sentence by itself does not give the claim: it rests on those before it"
        ranker = extractor.relations.ranker
        if ranker is None:
            yield "ranker      none; the confidence is that of the rule"
            continue
        for pair in pair_up(scene, candidates):
            if claim.predicate in pair.relations and _says(claim.predicate, pair.head, pair.tail, claim):
                yield from _weighed(ranker, pair, claim.predicate)
                alone, raised = (
                    _likely(ranker, scene, candidates, claim, together=together) for together in (False, True)
                )
                if raised > alone:
                    yield f"            raised to {raised:.2f} by those who act together with it"


def _alone(kg: KnowledgeGraph, piece: Evidence) -> tuple[Document, Named]:
    """Make a document of one sentence, with the names that the build found there."""
    record = kg.documents.get(piece.document)
    whole = Span(0, len(piece.text))
    document = Document(
        id=piece.document,
        file=f"{piece.document}.txt",
        text=piece.text,
        country=record.country if record else "",
        reference_year=record.reference_year if record else None,
        blocks=(Block(kind="paragraph", span=whole),),
        sentences=(Sentence(span=whole, block=0),),
    )
    mentions = tuple(
        Mention(
            document=piece.document,
            span=Span(m.span.start - piece.start, m.span.end - piece.start),
            text=m.text,
            cls=m.cls,
            entity=m.entity,
            how=m.how,
        )
        for m in kg.mentions
        if m.document == piece.document and piece.start <= m.span.start and m.span.end <= piece.end
    )
    entities = tuple(kg.entities[key] for key in sorted({m.entity for m in mentions}))
    return document, Named(mentions=mentions, entities=entities)


def _likely(
    ranker: Ranker, scene: Scene, candidates: Sequence[Candidate], claim: Claim, *, together: bool
) -> float:
    """Give the probability of a claim in a sentence; nought where it is not weighed."""
    ranked = ranker(scene, candidates, together=together)
    return max(
        (
            r.probability
            for r in ranked
            if _says(r.candidate.predicate, r.candidate.head, r.candidate.tail, claim)
        ),
        default=0.0,
    )


def _says(predicate: str, head: Participant, tail: Participant, claim: Claim) -> bool:
    ends = (head.entity, tail.entity)
    if predicate in SYMMETRIC_RELATIONS:
        ends = (min(ends), max(ends))
    return (predicate, *ends) == (claim.predicate, claim.subject, claim.object)


def _roles(scene: Scene, candidate: Candidate) -> str:
    def word(token: int) -> str:
        if scene.named(token) is not None:
            return scene.mentions[scene.parsed.mention[token]].text
        return scene.parsed.words[token]

    def end(participant: Participant, role: str) -> str:
        inside = 0 <= participant.token < len(scene.parsed.words)
        seen = repr(word(participant.token)) if inside else f"not in the sentence ({participant.how})"
        return f"{role or 'named'} {seen}"

    at = f" at {word(candidate.cue)!r}" if 0 <= candidate.cue < len(scene.parsed.words) else ""
    ends = f"{end(candidate.head, candidate.roles[0])}, {end(candidate.tail, candidate.roles[1])}"
    return f"proposed by {candidate.rule}{at}: {ends}; confidence of the rule {candidate.confidence:.2f}"


def _weighed(ranker: Ranker, pair: Pair, relation: str) -> Iterator[str]:
    """Tell the score of a pair and the features that weighed most."""
    if relation not in ranker.thresholds:
        yield f"ranker      has no weights for {relation}; the confidence is that of the rule"
        return
    weights = [
        (weight, feature)
        for feature in dict.fromkeys(pair.features)
        for name, weight in ranker.weights.get(feature, ())
        if name == relation
    ]
    slope, intercept = ranker.scale.get(relation, (1.0, 0.0))
    score = ranker.scores(pair).get(relation, 0.0)
    least = ranker.thresholds[relation][standing(pair.proposals.get(relation, ()))]
    kept = f"kept from probability {least:.2f}"
    calibrated = f"calibrated {slope:.2f} × score {intercept:+.2f}"
    yield f"ranker      {score:+.2f} from {len(weights)} features, {calibrated}; {kept}"
    for weight, feature in sorted(weights, key=lambda item: (-abs(item[0]), item[1]))[:SHOWN]:
        yield f"            {weight:+.2f}  {feature}"
