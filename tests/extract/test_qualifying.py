"""Claims carry the date and the sum that belong to their words, and no other."""

import pytest
from diplograph.extract.candidates import BY_FEATURES, Candidate
from diplograph.extract.carrying import SceneFacts
from diplograph.extract.extractor import Extractor
from diplograph.extract.scene import Participant
from prose import prose

ROWS = [
    pytest.param(
        "Ghana ratified the Paris Agreement on 21 September 2016.",
        "partyTo",
        {"date": "2016-09-21"},
        id="date",
    ),
    pytest.param(
        "Ghana ratified the Paris Agreement in September.",
        "partyTo",
        {"date": "2016-09"},
        id="reference-year",
    ),
    pytest.param(
        "Norway gave 5 million dollars to Malawi.",
        "providesAssistanceTo",
        {"amount": "5000000", "currency": "USD"},
        id="sum",
    ),
    pytest.param(
        "Malta transferred two million euros to UNICEF.",
        "providesAssistanceTo",
        {"amount": "2000000", "currency": "EUR"},
        id="the-sum-is-no-purpose",
    ),
    pytest.param(
        "Norway gave 5 million euros to Malawi in 2014.",
        "providesAssistanceTo",
        {"amount": "5000000", "currency": "EUR", "date": "2014"},
        id="sum-and-date",
    ),
    pytest.param(
        "Ghana recalled Security Council resolution 1325 (2000).", "adopts", {"date": "2000"}, id="resolution"
    ),
    pytest.param(
        "In resolution 34/91, of 12 December 1979, the General Assembly addressed the islands.",
        "adopts",
        {"date": "1979-12-12"},
        id="resolution-of-a-day",
    ),
    pytest.param(
        "Ghana and Togo celebrated the 30th anniversary of the establishment of diplomatic relations.",
        "hasDiplomaticRelationsWith",
        {"date": "1986", "status": "established"},
        id="anniversary",
    ),
    pytest.param(
        "India is a founding member of the Non-Aligned Movement.",
        "memberOf",
        {"status": "founding"},
        id="founder",
    ),
    pytest.param(
        "Fiji is an observer in the African Union.", "memberOf", {"status": "observer"}, id="observer"
    ),
    pytest.param(
        "APEC was established in 1989. The founding members were Australia, Canada and Japan.",
        "memberOf",
        {"status": "founding", "date": "1989"},
        id="founders-since-the-founding",
    ),
    pytest.param(
        "Since 1967, ASEAN has grown from its five original members to ten. "
        "The founding members were Indonesia, Malaysia and Singapore.",
        "memberOf",
        {"status": "founding", "date": "1967"},
        id="founders-since-the-body-grew",
    ),
    pytest.param(
        "At the Hiroshima Summit in May, Italy and Japan adopted the Hiroshima Declaration.",
        "adopts",
        {"date": "2016-05"},
        id="date-of-the-occasion",
    ),
    pytest.param(
        "Kenya adopted Kenya's 2013 Action Plan to Combat Trafficking.",
        "adopts",
        {"date": "2013"},
        id="year-behind-the-owner",
    ),
    pytest.param(
        "Kenya attended the December 2013 Nairobi Conference on Trade.",
        "participatesIn",
        {"date": "2013-12"},
        id="month-in-the-name",
    ),
]


@pytest.mark.parametrize(("text", "predicate", "expected"), ROWS)
def test_qualifiers(extractor: Extractor, text: str, predicate: str, expected: dict[str, str]) -> None:
    said = [c.qualifiers.as_dict() for c in extractor(prose(text)).claims if c.predicate == predicate]
    assert said and all(expected.items() <= qualifiers.items() for qualifiers in said)


WORDS = [
    pytest.param(
        "Ghana ratified the Paris Agreement on 21 September 2016.", ("on 21 September 2016",), id="day"
    ),
    pytest.param("In late 2016, Ghana ratified the Paris Agreement.", ("In late 2016",), id="part-of-a-year"),
    pytest.param("Ghana ratified the Paris\nAgreement in\nSeptember.", ("in September",), id="line-breaks"),
    pytest.param(
        "Norway has cooperated with Ghana since the end of 2014.", ("since the end of 2014",), id="since"
    ),
    pytest.param(
        "Norway took part in the 2016 Rotterdam Shipping Conference.", ("2016",), id="year-in-the-name"
    ),
    pytest.param("Ghana ratified the Paris Agreement.", (), id="no-date"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_the_words_of_the_date_are_kept(extractor: Extractor, text: str, words: tuple[str, ...]) -> None:
    found = [claim.qualifiers for claim in extractor(prose(text)).claims]
    dated = {said.date_text for said in found if said.date or said.start or said.end}
    assert found and dated == ({words} if words else set())


def test_words_of_another_sentence_are_not_quoted(extractor: Extractor) -> None:
    text = (
        "The Rotterdam Conference on Sustainable Shipping opened on 3 May 2011. "
        "Norway took part in the Rotterdam Conference on Sustainable Shipping."
    )
    (claim,) = [c for c in extractor(prose(text)).claims if c.predicate == "participatesIn"]
    assert (claim.qualifiers.date, claim.qualifiers.date_text) == ("2011-05-03", ())


ABSENT = [
    pytest.param("Ghana ratified the Paris Agreement.", "partyTo", id="no-date-told"),
    pytest.param(
        "Suva, the capital of Fiji, was struck by a storm in 1952.", "locatedIn", id="places-have-no-date"
    ),
]


@pytest.mark.parametrize(("text", "predicate"), ABSENT)
def test_no_date_is_made_up(extractor: Extractor, text: str, predicate: str) -> None:
    said = [c.qualifiers for c in extractor(prose(text)).claims if c.predicate == predicate]
    assert said and not any(q.date or q.start or q.end for q in said)


def test_the_date_told_of_an_occasion_is_carried_to_later_sentences(extractor: Extractor) -> None:
    text = (
        "The Rotterdam Conference on Sustainable Shipping opened on 3 May 2011. "
        "Norway took part in the Rotterdam Conference on Sustainable Shipping."
    )
    said = [c.qualifiers.date for c in extractor(prose(text)).claims if c.predicate == "participatesIn"]
    assert said == ["2011-05-03"]


def test_claims_quote_their_sentence_and_are_sorted_by_id(extractor: Extractor) -> None:
    document = prose(
        "Ghana ratified the Paris Agreement. Kenya ratified the Paris Agreement.\n\nFiji ratified it."
    )
    found = extractor(document)
    assert [c.id for c in found.claims] == sorted(c.id for c in found.claims)
    quotes = [evidence for claim in found.claims for evidence in claim.evidence]
    assert quotes
    assert all(document.text[q.start : q.end] == q.text for q in quotes)
    ends = {e for c in found.claims for e in (c.subject, c.object)}
    assert ends <= {entity.id for entity in found.entities}
    assert extractor(document) == found


MEANT = [
    pytest.param("We cannot accept that Togo speaks for others.", "accept", "criticizes", "asserted", id="refusal-blames"),
    pytest.param("Ghana demands that Togo leave Lomé.", "demands", "locatedIn", "asserted", id="places-stay"),
    pytest.param("Ghana will never help Togo.", "help", "providesAssistanceTo", "denied", id="denied"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "predicate", "meant"), MEANT)
def test_what_features_alone_tell_is_meant_as_its_verb_says(
    extractor: Extractor, text: str, cue: str, predicate: str, meant: str
) -> None:
    document = prose(text, country="GHA")
    ((_, scene, _),) = extractor.relations.read_scenes(document, extractor.names(document))
    head = Participant(entity="country/GHA", cls="Country", token=0)
    if predicate == "locatedIn":
        head = Participant(entity="place/lome", cls="Place", token=5)
    candidate = Candidate(
        predicate=predicate,
        head=head,
        tail=Participant(entity="country/TGO", cls="Country", token=4),
        rule=BY_FEATURES,
        cue=scene.parsed.lower.index(cue),
    )
    assert extractor.relations.qualifier(scene, candidate, SceneFacts(), {})[1] == meant


def test_what_does_not_come_without_help_is_called_for(extractor: Extractor) -> None:
    text = "Peace will not be achieved without the support of the African Union for Somalia."
    told = {c.modality for c in extractor(prose(text)).claims if c.predicate == "providesAssistanceTo"}
    assert told == {"called-for"}
