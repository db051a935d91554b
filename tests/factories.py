"""Builders of small values for tests: each takes only what the test is about."""

from collections.abc import Iterable

from diplograph.extract.records import (
    Block,
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Qualifiers,
    Rejection,
    Section,
    Sentence,
    Span,
)
from diplograph.extract.sentences import split_sentences
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import ID_PREFIX, Modality

CLASS_OF_PREFIX = {prefix: cls for cls, prefix in ID_PREFIX.items()}
LABELS = {
    "country/AUS": "Australia",
    "country/DJI": "Djibouti",
    "country/GBR": "United Kingdom",
    "country/IND": "India",
    "country/JPN": "Japan",
    "country/KOR": "Republic of Korea",
    "country/PHL": "Philippines",
    "country/USA": "United States",
}


def entity(
    id: str,
    label: str = "",
    *,
    aliases: Iterable[str] = (),
    same_as: Iterable[str] = (),
    attributes: Iterable[tuple[str, str]] = (),
) -> Entity:
    """Make an entity whose class and label follow from its id unless a label is given."""
    prefix, _, slug = id.partition("/")
    cls = CLASS_OF_PREFIX[prefix]
    return Entity(
        id=id,
        cls=cls,
        label=label or LABELS.get(id) or slug.replace("-", " ").title(),
        aliases=tuple(sorted(aliases)),
        iso3=slug if cls == "Country" else "",
        same_as=tuple(sorted(same_as)),
        attributes=tuple(sorted(attributes)),
    )


def claim(
    subject: str,
    predicate: str,
    object: str,
    *,
    document: str = "yearbook",
    offset: int = 0,
    text: str = "",
    confidence: float = 0.9,
    rule: str = "test-rule",
    modality: Modality = "asserted",
    date_text: Iterable[str] = (),
    section: str = "",
    page: int = 0,
    anchor: str = "",
    **qualifiers: str,
) -> Claim:
    """Make a claim with one piece of evidence; other keywords are qualifiers."""
    words = text or f"{subject} {predicate} {object}."
    return Claim(
        subject=subject,
        predicate=predicate,
        object=object,
        qualifiers=Qualifiers(**qualifiers).worded(date_text),
        modality=modality,
        confidence=confidence,
        rule=rule,
        evidence=(
            Evidence(
                document=document,
                start=offset,
                end=offset + len(words),
                text=words,
                section=section,
                page=page,
                anchor=anchor,
            ),
        ),
    )


def mention(entity_id: str, text: str, *, document: str = "yearbook", start: int = 0) -> Mention:
    """Make a mention of an entity whose class follows from its id."""
    return Mention(
        document=document,
        span=Span(start, start + len(text)),
        text=text,
        cls=CLASS_OF_PREFIX[entity_id.partition("/")[0]],
        entity=entity_id,
        how="test",
    )


def document(
    id: str = "yearbook", text: str = "", *, year: int | None = 2016, country: str = "JPN", url: str = ""
) -> Document:
    """Make a document of one paragraph whose sentences end at full stops."""
    words = text or "Nothing was said."
    sentences, start = [], 0
    for part in words.split(". "):
        end = min(len(words), start + len(part) + 1)
        sentences.append(Sentence(span=Span(start, end), block=0))
        start += len(part) + 2
    return Document(
        id=id,
        file=f"{id}.txt",
        text=words,
        title=id.title(),
        publisher="Ministry of Examples",
        country=country,
        reference_year=year,
        sha256="0" * 64,
        blocks=(Block(kind="paragraph", span=Span(0, len(words))),),
        sentences=tuple(sentences),
        url=url,
    )


def block_text(text: str, kinds: Iterable[str], *, country: str = "", year: int | None = None) -> Document:
    """Make a document of blocks with blank lines between; headings begin sections."""
    blocks: list[Block] = []
    sections: list[Section] = []
    start = 0
    for kind, part in zip(kinds, text.split("\n\n"), strict=False):
        span = Span(start, start + len(part))
        if kind == "heading":
            sections.append(Section(heading=part, span=Span(start, len(text)), path=(part,)))
        blocks.append(Block(kind=kind, span=span, section=len(sections) - 1))
        start += len(part) + 2
    return Document(
        id="text",
        file="text.txt",
        text=text,
        country=country,
        reference_year=year,
        sections=tuple(sections),
        blocks=tuple(blocks),
        sentences=split_sentences(text, blocks),
    )


def extraction(
    claims: Iterable[Claim] = (),
    *,
    entities: Iterable[Entity] = (),
    mentions: Iterable[Mention] = (),
    rejections: Iterable[Rejection] = (),
    of: Document | None = None,
) -> Extraction:
    """Make an extraction; entities that claims and mentions name but nobody gives are made up."""
    said, named, given = tuple(claims), tuple(mentions), {item.id: item for item in entities}
    needed = {m.entity for m in named}
    for item in said:
        needed.update((item.subject, item.object, item.qualifiers.place, item.qualifiers.issue))
    for key in sorted(needed - {""} - given.keys()):
        given[key] = entity(key)
    return Extraction(
        document=of or document(),
        mentions=named,
        entities=tuple(given[key] for key in sorted(given)),
        claims=said,
        rejections=tuple(rejections),
    )


def graph_of(*claims: Claim, entities: Iterable[Entity] = ()) -> KnowledgeGraph:
    """Make a graph of claims; each document that gives evidence gets a record."""
    given = tuple(entities)
    by_document: dict[str, list[Claim]] = {}
    for item in claims:
        by_document.setdefault(item.evidence[0].document, []).append(item)
    if not by_document:
        return KnowledgeGraph(entities={item.id: item for item in given})
    return build_graph(
        extraction(said, entities=given, of=document(name)) for name, said in sorted(by_document.items())
    )


def sample_extractions() -> tuple[Extraction, ...]:
    """Give two small editions of a yearbook that agree in part (true, checkable facts, own words)."""
    uk_acsa = entity("agreement/japan-uk-acsa", "Japan-UK ACSA", aliases=["ACSA with the UK"])
    au_acsa = entity("agreement/japan-australia-acsa", "Japan-Australia ACSA")
    arf = entity("forum/asean-regional-forum", "ASEAN Regional Forum", aliases=["ARF"])
    japan = entity("country/JPN", aliases=["Japanese"], same_as=["http://www.wikidata.org/entity/Q17"])
    older = "Japan takes part in the ASEAN Regional Forum. Negotiations on an ACSA with the UK go on."
    newer = (
        "In January 2017, Japan and the United Kingdom signed the Japan-UK ACSA. "
        "Japan takes part in the ASEAN Regional Forum. The ARF discussed maritime security and terrorism. "
        "Japan lent 100 billion yen to the Philippines. Japan and India work together on maritime security."
    )

    def said(text: str, part: str) -> dict[str, str | int]:
        start = text.index(part)
        return {"offset": start, "text": text[start : text.index(".", start) + 1]}

    def quote(source: str, part: str, *args: str, **more: str) -> Claim:
        text = {"yearbook-2016": older, "yearbook-2017": newer}[source]
        place = said(text, part)
        return claim(*args, document=source, offset=int(place["offset"]), text=str(place["text"]), **more)  # type: ignore[arg-type]

    signed = {"status": "signed", "date": "2017-01"}
    return (
        extraction(
            [
                quote("yearbook-2016", "Japan takes", "country/JPN", "participatesIn", arf.id),
                quote("yearbook-2016", "Negot", "country/JPN", "partyTo", uk_acsa.id, status="negotiating"),
                quote("yearbook-2016", "Negot", "country/GBR", "partyTo", uk_acsa.id, status="negotiating"),
            ],
            entities=[japan, uk_acsa, arf],
            mentions=[
                mention("country/JPN", "Japan", document="yearbook-2016", start=0),
                mention(arf.id, "ASEAN Regional Forum", document="yearbook-2016", start=older.index("ASEAN")),
            ],
            of=document("yearbook-2016", older, year=2015),
        ),
        extraction(
            [
                quote("yearbook-2017", "In Jan", "country/JPN", "partyTo", uk_acsa.id, **signed),
                quote("yearbook-2017", "In Jan", "country/GBR", "partyTo", uk_acsa.id, **signed),
                quote("yearbook-2017", "Japan takes", "country/JPN", "participatesIn", arf.id),
                quote("yearbook-2017", "The ARF", arf.id, "addresses", "issue/maritime-security"),
                quote("yearbook-2017", "The ARF", arf.id, "addresses", "issue/terrorism"),
                quote(
                    "yearbook-2017",
                    "Japan lent",
                    "country/JPN",
                    "providesAssistanceTo",
                    "country/PHL",
                    amount="100000000000",
                    currency="JPY",
                    date="2016",
                ),
                quote(
                    "yearbook-2017",
                    "Japan and India",
                    "country/JPN",
                    "cooperatesWith",
                    "country/IND",
                    issue="issue/maritime-security",
                ),
                quote(
                    "yearbook-2017",
                    "In Jan",
                    "country/AUS",
                    "partyTo",
                    au_acsa.id,
                    modality="planned",
                    status="signed",
                ),
            ],
            entities=[japan, uk_acsa, au_acsa, arf],
            mentions=[
                mention("country/JPN", "Japan", document="yearbook-2017", start=newer.index("Japan")),
                mention(arf.id, "ARF", document="yearbook-2017", start=newer.index("ARF")),
                mention(uk_acsa.id, "Japan-UK ACSA", document="yearbook-2017", start=newer.index("Japan-UK")),
            ],
            rejections=[
                Rejection(document="yearbook-2017", span=Span(0, 40), rule="party-signed", reason="denied"),
            ],
            of=document("yearbook-2017", newer, year=2016),
        ),
    )


def sample_graph() -> KnowledgeGraph:
    """Give the graph of :func:`sample_extractions`."""
    return build_graph(sample_extractions())
