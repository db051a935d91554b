"""Graphs to show on the page: one of true facts, one of hostile names, one as large as wanted."""

import random

from diplograph.extract.records import Claim, Entity, Evidence, Mention, Qualifiers, Span
from diplograph.graph.knowledge import DocumentRecord, KnowledgeGraph
from diplograph.ontology.model import ID_PREFIX, Modality

CLASS_OF_PREFIX = {prefix: cls for cls, prefix in ID_PREFIX.items()}

# id, label, aliases
NAMES = [
    ("country/JPN", "Japan", ("Japanese",)),
    ("country/AUS", "Australia", ("Australian",)),
    ("country/GBR", "United Kingdom", ("UK", "Britain")),
    ("country/FRA", "France", ()),
    ("country/USA", "United States", ("U.S.",)),
    ("country/PHL", "Philippines", ()),
    ("country/IDN", "Indonesia", ()),
    ("country/CIV", "Côte d’Ivoire", ("Ivory Coast",)),
    ("country/NOR", "Norway", ()),
    ("country/ISL", "Iceland", ()),
    ("country/KOR", "Republic of Korea", ("South Korea", "ROK")),
    ("organization/united-nations", "United Nations", ("UN",)),
    ("organization/nato", "North Atlantic Treaty Organization", ("NATO",)),
    ("organization/asean", "Association of Southeast Asian Nations", ("ASEAN",)),
    ("forum/asean-regional-forum", "ASEAN Regional Forum", ()),
    ("forum/g7", "G7", ("Group of Seven",)),
    ("forum/arctic-council", "Arctic Council", ()),
    ("event/g7-ise-shima-summit", "G7 Ise-Shima Summit", ()),
    ("event/23rd-arf-ministerial", "23rd ARF Ministerial Meeting", ()),
    ("agreement/japan-uk-acsa", "Japan-UK ACSA", ()),
    ("agreement/japan-australia-acsa", "Japan-Australia ACSA", ()),
    ("agreement/paris-agreement", "Paris Agreement", ()),
    ("agreement/antarctic-treaty", "Antarctic Treaty", ()),
    ("policy/peace-and-security-legislation", "Legislation for Peace and Security", ()),
    ("programme/unmiss", "United Nations Mission in South Sudan", ("UNMISS",)),
    ("person/shinzo-abe", "Shinzo Abe", ("Abe",)),
    ("place/ise-shima", "Ise-Shima", ()),
    ("place/gulf-of-aden", "Gulf of Aden", ()),
    ("issue/maritime-security", "maritime security", ()),
    ("issue/terrorism", "terrorism", ()),
    ("issue/climate-change", "climate change", ()),
]
LINKS = {"country/JPN": ("http://www.wikidata.org/entity/Q17",)}
ATTRIBUTES = {"organization/asean": (("founded", "1967"),)}

# document, sentence, (subject, relation, object, qualifiers); "modality" is taken out of the qualifiers
SAID: list[tuple[str, str, list[tuple[str, str, str, dict[str, str]]]]] = [
    (
        "yearbook",
        "In January 2017, Japan signed the Japan-UK ACSA with the United Kingdom.",
        [
            ("country/JPN", "partyTo", "agreement/japan-uk-acsa", {"status": "signed", "date": "2017-01"}),
            ("country/GBR", "partyTo", "agreement/japan-uk-acsa", {"status": "signed", "date": "2017-01"}),
        ],
    ),
    (
        "yearbook",
        "Japan and Australia signed a new Japan-Australia ACSA in the same month.",
        [
            ("country/JPN", "partyTo", "agreement/japan-australia-acsa", {"date": "2017-01"}),
            ("country/AUS", "partyTo", "agreement/japan-australia-acsa", {"date": "2017-01"}),
        ],
    ),
    (
        "yearbook",
        "Japan hosted the G7 Ise-Shima Summit in Ise-Shima in May 2016.",
        [
            ("country/JPN", "hosts", "event/g7-ise-shima-summit", {"date": "2016-05"}),
            ("event/g7-ise-shima-summit", "heldIn", "place/ise-shima", {"date": "2016-05"}),
            ("event/g7-ise-shima-summit", "sessionOf", "forum/g7", {"date": "2016-05"}),
        ],
    ),
    (
        "yearbook",
        "France, the United Kingdom and the United States took part in the G7 Ise-Shima Summit.",
        [
            ("country/FRA", "participatesIn", "event/g7-ise-shima-summit", {"date": "2016-05-26"}),
            ("country/GBR", "participatesIn", "event/g7-ise-shima-summit", {"date": "2016-05-26"}),
            ("country/USA", "participatesIn", "event/g7-ise-shima-summit", {"date": "2016-05-26"}),
        ],
    ),
    (
        "yearbook",
        "Japan, Australia and Indonesia take part in the ASEAN Regional Forum.",
        [
            ("country/JPN", "participatesIn", "forum/asean-regional-forum", {}),
            ("country/AUS", "participatesIn", "forum/asean-regional-forum", {}),
            ("country/IDN", "participatesIn", "forum/asean-regional-forum", {}),
        ],
    ),
    (
        "yearbook",
        "The 23rd ARF Ministerial Meeting of July 2016 took up maritime security and terrorism.",
        [
            ("event/23rd-arf-ministerial", "sessionOf", "forum/asean-regional-forum", {"date": "2016-07"}),
            ("event/23rd-arf-ministerial", "addresses", "issue/maritime-security", {"date": "2016-07"}),
            ("event/23rd-arf-ministerial", "addresses", "issue/terrorism", {"date": "2016-07"}),
        ],
    ),
    (
        "yearbook",
        "Japan plans to lend 16,455 million yen to the Philippines for coast guard vessels.",
        [
            (
                "country/JPN",
                "providesAssistanceTo",
                "country/PHL",
                {
                    "amount": "16455000000",
                    "currency": "JPY",
                    "purpose": "coast guard vessels",
                    "modality": "planned",
                },
            )
        ],
    ),
    (
        "yearbook",
        "Japan sent engineers to the United Nations Mission in South Sudan from 2012 to 2017.",
        [("country/JPN", "deploysTo", "programme/unmiss", {"start": "2012", "end": "2017"})],
    ),
    (
        "treaties",
        "Norway and Japan are original parties to the Antarctic Treaty of 1959.",
        [
            ("country/NOR", "partyTo", "agreement/antarctic-treaty", {"date": "1959-12-01"}),
            ("country/JPN", "partyTo", "agreement/antarctic-treaty", {"date": "1959-12-01"}),
        ],
    ),
    (
        "treaties",
        "Norway and Iceland are founding members of the North Atlantic Treaty Organization.",
        [
            ("country/NOR", "memberOf", "organization/nato", {"status": "founding", "date": "1949"}),
            ("country/ISL", "memberOf", "organization/nato", {"status": "founding", "date": "1949"}),
        ],
    ),
    (
        "treaties",
        "Norway and Iceland belong to the Arctic Council.",
        [
            ("country/NOR", "memberOf", "forum/arctic-council", {"date": "1996"}),
            ("country/ISL", "memberOf", "forum/arctic-council", {"date": "1996"}),
        ],
    ),
    (
        "treaties",
        "Côte d’Ivoire and France ratified the Paris Agreement in 2016.",
        [
            (
                "country/CIV",
                "partyTo",
                "agreement/paris-agreement",
                {"status": "ratified", "date": "2016-10"},
            ),
            (
                "country/FRA",
                "partyTo",
                "agreement/paris-agreement",
                {"status": "ratified", "date": "2016-10"},
            ),
        ],
    ),
    (
        "treaties",
        "The Paris Agreement deals with climate change.",
        [("agreement/paris-agreement", "addresses", "issue/climate-change", {})],
    ),
    (
        "treaties",
        "Indonesia is a founding member of the Association of Southeast Asian Nations (ASEAN).",
        [
            ("country/IDN", "memberOf", "organization/asean", {"status": "founding", "date": "1967"}),
        ],
    ),
    (
        "note",
        "Japan and Australia work together on maritime security.",
        [("country/JPN", "cooperatesWith", "country/AUS", {"issue": "issue/maritime-security"})],
    ),
    (
        "note",
        "Japan and the Republic of Korea differ over territory.",
        [("country/JPN", "disputesWith", "country/KOR", {})],
    ),
    (
        "note",
        "Prime Minister Shinzo Abe visited the United States in 2015.",
        [("person/shinzo-abe", "visits", "country/USA", {"date": "2015-04"})],
    ),
]

DOCUMENTS = {
    "yearbook": DocumentRecord(
        id="yearbook",
        file="https://example.org/yearbook.html",
        title="Yearbook of Examples 2017",
        publisher="Ministry of Examples",
        country="JPN",
        reference_year=2016,
    ),
    "treaties": DocumentRecord(
        id="treaties",
        file="https://example.org/treaties.pdf",
        title="Treaty Notes",
        publisher="Office of Treaties",
    ),
    "note": DocumentRecord(id="note", file="note.txt", title="A Note"),
}


def named(id: str, label: str, aliases: tuple[str, ...] = (), same_as: tuple[str, ...] = ()) -> Entity:
    """Make an entity whose class follows from its id."""
    prefix, _, slug = id.partition("/")
    cls = CLASS_OF_PREFIX[prefix]
    return Entity(
        id=id,
        cls=cls,
        label=label,
        aliases=tuple(sorted(aliases)),
        iso3=slug if cls == "Country" else "",
        same_as=same_as,
        attributes=ATTRIBUTES.get(id, ()),
    )


def diplomatic_graph() -> KnowledgeGraph:
    """Give a small graph of true facts from three documents."""
    entities = {id: named(id, label, aliases, LINKS.get(id, ())) for id, label, aliases in NAMES}
    claims: list[Claim] = []
    mentions: list[Mention] = []
    offset = dict.fromkeys(DOCUMENTS, 0)
    for document, text, relations in SAID:
        start = offset[document]
        offset[document] += len(text) + 1
        evidence = Evidence(document=document, start=start, end=start + len(text), text=text)
        met = sorted({end for subject, _, object, _ in relations for end in (subject, object)})
        for id in met:
            entity = entities[id]
            names = [entity.label, *entity.aliases]
            found = [(text.index(name), name) for name in names if name in text]
            for at, name in found[:1]:
                mentions.append(
                    Mention(
                        document=document,
                        span=Span(start + at, start + at + len(name)),
                        text=name,
                        cls=entity.cls,
                        entity=id,
                        how="test",
                    )
                )
        for number, (subject, predicate, object, said) in enumerate(relations):
            qualifiers = {key: value for key, value in said.items() if key != "modality"}
            modality: Modality = "planned" if said.get("modality") == "planned" else "asserted"
            claims.append(
                Claim(
                    subject=subject,
                    predicate=predicate,
                    object=object,
                    qualifiers=Qualifiers(**qualifiers),
                    modality=modality,
                    confidence=round(0.95 - 0.1 * (number + len(claims)) % 0.5, 2),
                    rule=f"{predicate}-plain",
                    evidence=(evidence,),
                )
            )
    return KnowledgeGraph(
        entities=entities, claims=tuple(claims), documents=DOCUMENTS, mentions=tuple(mentions)
    )


HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "<!--<script>",
    "]]></textarea></title><svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "\u202edrowssap\u2066 turned \u200f",
    "{{constructor.constructor('window.hacked=1')()}}",
    "line\u2028para\u2029 nul\x00 bell\x07",
    '=HYPERLINK("http://evil.example","click")',
    "a lone surrogate \ud83d here",
    "\U0001f600 " * 12,
    "x" * 400,
]


def hostile_graph() -> KnowledgeGraph:
    """Give a graph in which every text that a document or vocabulary can bring is an attack."""
    entities: dict[str, Entity] = {}
    claims = []
    bad_links = (
        "data:text/html,<script>window.hacked=1</script>",
        'http://evil.example/"onmouseover=window.hacked=1',
        "javascript:window.hacked=1",
    )
    for number, text in enumerate(HOSTILE):
        prefix = list(CLASS_OF_PREFIX)[number % len(CLASS_OF_PREFIX)]
        id = f"{prefix}/hostile-{number}"
        entities[id] = Entity(
            id=id,
            cls=CLASS_OF_PREFIX[prefix],
            label=text,
            aliases=(f"alias {text}",),
            same_as=bad_links,
            attributes=((text, text),),
        )
    ids = list(entities)
    for number, (a, b) in enumerate(zip(ids, ids[1:] + ids[:1], strict=True)):
        text = f"{HOSTILE[number]} says {HOSTILE[(number + 1) % len(HOSTILE)]}"
        claims.append(
            Claim(
                subject=a,
                predicate="cooperatesWith",
                object=b,
                qualifiers=Qualifiers(
                    date=HOSTILE[0],
                    status=HOSTILE[1],
                    amount=HOSTILE[3],
                    currency=HOSTILE[2],
                    purpose=HOSTILE[4],
                ),
                confidence=0.5,
                rule=HOSTILE[0],
                evidence=(Evidence(document="bad", start=number, end=number + len(text), text=text),),
            )
        )
    document = DocumentRecord(
        id="bad", file="javascript:window.hacked=1", title=HOSTILE[0], publisher=HOSTILE[1]
    )
    return KnowledgeGraph(entities=entities, claims=tuple(claims), documents={"bad": document})


WORDS = [
    "Treaty",
    "Security",
    "Cooperation",
    "Dialogue",
    "Pacific",
    "Asia",
    "Forum",
    "Maritime",
    "Energy",
    "Council",
    "Partnership",
]
LARGE_RELATIONS = (
    "partyTo",
    "memberOf",
    "participatesIn",
    "addresses",
    "cooperatesWith",
    "hosts",
    "supports",
)


def large_graph(nodes: int, claims: int, seed: int = 1) -> KnowledgeGraph:
    """Give a graph of made-up names with hubs and clusters, the same for the same numbers."""
    chance = random.Random(seed)
    prefixes = list(CLASS_OF_PREFIX)
    entities = {}
    for number in range(nodes):
        words = " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 2, 2, 3, 5))))
        entity = named(f"{prefixes[number % len(prefixes)]}/n{number}", f"{words} {number}")
        entities[entity.id] = entity
    ids = list(entities)
    made: dict[str, Claim] = {}
    for number in range(claims):
        hub = min(int(chance.paretovariate(0.7)) - 1, nodes - 1)
        other = chance.randrange(nodes)
        if chance.random() < 0.6:
            other, hub = number % nodes, min(nodes - 1, (number % nodes) // 10)
        if hub == other:
            continue
        text = f"In passage {number}, {entities[ids[hub]].label} agreed with {entities[ids[other]].label}."
        claim = Claim(
            subject=ids[hub],
            predicate=chance.choice(LARGE_RELATIONS),
            object=ids[other],
            qualifiers=Qualifiers(date=str(chance.randrange(1990, 2018))),
            confidence=round(chance.uniform(0.4, 1.0), 2),
            rule="made-up",
            evidence=(
                Evidence(document="large", start=number * 200, end=number * 200 + len(text), text=text),
            ),
        )
        made[claim.id] = claim
    document = DocumentRecord(id="large", file="large.txt", title="Many Passages")
    return KnowledgeGraph(entities=entities, claims=tuple(made.values()), documents={"large": document})
