"""A small graph of true facts that gives every shipped question something to answer."""

from dataclasses import replace

from diplograph.extract.records import Claim, Evidence, Extraction
from diplograph.graph.build import build_graph
from diplograph.graph.knowledge import KnowledgeGraph
from diplograph.ontology.model import Modality
from factories import claim, document, entity, extraction

ENTITIES = (
    entity("country/AUS"),
    entity("country/JPN", aliases=["Japanese"]),
    entity("country/GBR", aliases=["UK"]),
    entity("country/FRA", "France"),
    entity("country/DEU", "Germany"),
    entity("country/CHN", "China"),
    entity("country/RUS", "Russia"),
    entity("country/PRK", "North Korea"),
    entity("country/UKR", "Ukraine"),
    entity("country/SSD", "South Sudan"),
    entity("country/IND"),
    entity("country/PHL"),
    entity("country/USA"),
    entity("agreement/japan-australia-acsa", "Japan-Australia ACSA", aliases=["ACSA with Australia"]),
    entity("agreement/japan-uk-acsa", "Japan-UK ACSA", attributes=[("signed", "2017-01-26")]),
    entity("agreement/arms-trade-treaty", "Arms Trade Treaty", attributes=[("signed", "2013-06-03")]),
    entity("agreement/ise-shima-declaration", "G7 Ise-Shima Leaders' Declaration"),
    entity("agreement/tpnw", "Treaty on the Prohibition of Nuclear Weapons"),
    entity("agreement/rome-statute", "Rome Statute"),
    entity("event/g7-ise-shima-summit", "G7 Ise-Shima Summit", attributes=[("date", "2016-05")]),
    entity("event/g20-hangzhou-summit", "G20 Hangzhou Summit"),
    entity("forum/g7", "G7", aliases=["Group of Seven"]),
    entity("forum/g20", "G20"),
    entity("forum/asean-regional-forum", "ASEAN Regional Forum", aliases=["ARF"]),
    entity("organization/united-nations", "United Nations", aliases=["UN"]),
    entity("organization/security-council", "UN Security Council"),
    entity("organization/asean", "ASEAN"),
    entity("organization/icc", "International Criminal Court"),
    entity("programme/unmiss", "UNMISS"),
    entity("person/abe", "Shinzo Abe"),
    entity("person/ban", "Ban Ki-moon"),
    entity("place/ise-shima", "Ise-Shima"),
    entity("place/crimea", "Crimea"),
    entity("issue/terrorism", "terrorism"),
    entity("issue/terrorist-financing", "terrorist financing"),
    entity("issue/maritime-security", "maritime security"),
)
JAPAN, UK, AUSTRALIA, INDIA = "country/JPN", "country/GBR", "country/AUS", "country/IND"
SUMMIT = "event/g7-ise-shima-summit"

OLDER = (
    claim(JAPAN, "participatesIn", "forum/asean-regional-forum"),
    claim(AUSTRALIA, "participatesIn", "forum/asean-regional-forum"),
    claim(JAPAN, "partyTo", "agreement/japan-uk-acsa", status="negotiating"),
    claim(JAPAN, "memberOf", "organization/united-nations", date="1956-12-18"),
    claim("person/ban", "holdsPosition", "organization/united-nations",
          position="Secretary-General", start="2007-01-01", end="2016-12-31"),
)  # fmt: skip
NEWER = (
    claim(JAPAN, "participatesIn", "forum/asean-regional-forum"),
    claim(JAPAN, "partyTo", "agreement/japan-uk-acsa", status="signed", date="2017-01"),
    claim(UK, "partyTo", "agreement/japan-uk-acsa", status="signed", date="2017-01"),
    claim(JAPAN, "partyTo", "agreement/japan-australia-acsa", status="signed", date="2017-01-14"),
    claim(AUSTRALIA, "partyTo", "agreement/japan-australia-acsa", status="signed", date="2017-01-14"),
    claim("forum/asean-regional-forum", "addresses", "issue/maritime-security"),
    claim("forum/g7", "addresses", "issue/terrorist-financing"),
    claim(SUMMIT, "addresses", "issue/terrorism"),
    claim(SUMMIT, "sessionOf", "forum/g7"),
    claim(SUMMIT, "heldIn", "place/ise-shima"),
    claim(SUMMIT, "adopts", "agreement/ise-shima-declaration", date="2016-05-27"),
    claim(JAPAN, "hosts", SUMMIT, date="2016-05"),
    claim(JAPAN, "participatesIn", SUMMIT),
    claim(UK, "participatesIn", SUMMIT),
    claim("country/FRA", "participatesIn", SUMMIT),
    claim("country/CHN", "participatesIn", "event/g20-hangzhou-summit", date="2016-09"),
    claim(JAPAN, "participatesIn", "event/g20-hangzhou-summit", date="2016-09"),
    claim(JAPAN, "chairs", "forum/g7", date="2016"),
    claim("country/DEU", "chairs", "forum/g7", date="2015"),
    claim("country/CHN", "chairs", "forum/g20", start="2015-12-01", end="2016-11-30"),
    claim(JAPAN, "memberOf", "forum/g7"),
    claim("country/FRA", "memberOf", "forum/g7"),
    claim(JAPAN, "providesAssistanceTo", "country/PHL", amount="100000000", currency="USD", date="2016",
          purpose="patrol vessels"),
    claim(JAPAN, "providesAssistanceTo", "country/PHL", amount="50000000.5", currency="USD", date="2016",
          purpose="roads"),
    claim(JAPAN, "providesAssistanceTo", "country/SSD", amount="600000000", currency="JPY", date="2015-03"),
    claim(JAPAN, "providesAssistanceTo", INDIA),
    claim(JAPAN, "cooperatesWith", INDIA, issue="issue/maritime-security"),
    claim(JAPAN, "cooperatesWith", AUSTRALIA, issue="issue/maritime-security", date="2016-07"),
    claim(JAPAN, "deploysTo", "programme/unmiss", start="2012-01"),
    claim("person/abe", "visits", INDIA, date="2015-12"),
    claim("person/abe", "visits", "country/USA", date="2016-12-26"),
    claim("person/abe", "holdsPosition", JAPAN, position="Prime Minister", start="2012-12-26"),
    claim("country/RUS", "disputesWith", "country/UKR", place="place/crimea", date="2014"),
    claim("forum/g7", "criticizes", "country/RUS", date="2014-03"),
    claim("organization/security-council", "criticizes", "country/PRK", date="2016-03-02"),
    claim("organization/security-council", "partOf", "organization/united-nations"),
    claim(JAPAN, "supports", "organization/asean"),
    claim("agreement/rome-statute", "establishes", "organization/icc", date="1998-07-17"),
    claim(JAPAN, "hasDiplomaticRelationsWith", INDIA, status="established", date="1952-04-28"),
    claim("person/abe", "visits", "country/RUS", modality="planned", date="2017"),
    claim("person/abe", "visits", INDIA, modality="planned", date="2015"),
    claim(UK, "partyTo", "agreement/tpnw", modality="called-for"),
    claim("country/USA", "partyTo", "agreement/arms-trade-treaty", modality="denied", status="ratified"),
)  # fmt: skip


def question_graph(*, modality: Modality | None = None) -> KnowledgeGraph:
    """Build the graph from two documents, one of which confirms a claim of the other.

    With a modality all claims are meant so.
    """
    older, newer = (
        tuple(replace(c, modality=modality or c.modality) for c in claims) for claims in (OLDER, NEWER)
    )
    return build_graph((_said(older, "yearbook-2016", 2015), _said(newer, "yearbook-2017", 2016)))


def _said(claims: tuple[Claim, ...], name: str, year: int) -> Extraction:
    """Make a document with one sentence for each claim, and the claims quote their sentences."""
    sentences = [item.evidence[0].text for item in claims]
    placed, offset = [], 0
    for item, sentence in zip(claims, sentences, strict=True):
        passage = Evidence(document=name, start=offset, end=offset + len(sentence), text=sentence)
        placed.append(replace(item, evidence=(passage,)))
        offset += len(sentence) + 1
    used = {key for c in claims for key in (c.subject, c.object, c.qualifiers.place, c.qualifiers.issue)}
    known = tuple(item for item in ENTITIES if item.id in used)
    return extraction(placed, entities=known, of=document(name, " ".join(sentences), year=year))
