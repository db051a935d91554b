"""How a statement is meant: asserted, planned, called for, conditional or denied.

Sentences are true or plainly hypothetical; the modality is that of the word given beside them.
"""

import re
import tomllib
from pathlib import Path

import pytest
from diplograph.extract.extractor import Extractor
from diplograph.extract.folding import fold
from diplograph.extract.parsing import mask, parse_all
from prose import prose

ROWS = [
    # asserted
    pytest.param("Ghana ratified the Paris Agreement.", "ratified", "asserted", id="past"),
    pytest.param("Norway is a party to the Antarctic Treaty.", "party", "asserted", id="present"),
    pytest.param("Finland has acceded to NATO.", "acceded", "asserted", id="perfect"),
    pytest.param("Japan and Australia signed the treaty in 2022.", "signed", "asserted", id="dated"),
    pytest.param("The agreement was signed by Chile and Peru.", "signed", "asserted", id="passive"),
    pytest.param(
        "Kenya confirmed that it had ratified the treaty.", "ratified", "asserted", id="reported-past"
    ),
    pytest.param(
        "Sweden, which joined NATO in 2024, borders Finland.", "joined", "asserted", id="relative-clause"
    ),
    pytest.param(
        "After joining the European Union, Croatia adopted the euro.",
        "adopted",
        "asserted",
        id="after-a-participle",
    ),
    # planned
    pytest.param("Norway will host the conference.", "host", "planned", id="will"),
    pytest.param("The parties shall establish a commission.", "establish", "planned", id="shall"),
    pytest.param("Chile intends to ratify the treaty.", "ratify", "planned", id="intends"),
    pytest.param("Peru plans to send engineers to Haiti.", "send", "planned", id="plans"),
    pytest.param("Canada pledged to provide 50 million dollars.", "provide", "planned", id="pledged"),
    pytest.param(
        "Canada announced that it would provide 50 million dollars.",
        "provide",
        "planned",
        id="future-of-the-past",
    ),
    pytest.param("Brazil is to host the summit.", "host", "planned", id="is-to"),
    pytest.param("Italy decided to open an embassy.", "open", "planned", id="decided"),
    pytest.param("The conference will be held in Lima.", "held", "planned", id="passive-will"),
    # called for
    pytest.param("All states should ratify the treaty.", "ratify", "called-for", id="should"),
    pytest.param("All states must ratify the treaty.", "ratify", "called-for", id="must"),
    pytest.param("Austria urged Iran to ratify the treaty.", "ratify", "called-for", id="urged"),
    pytest.param("Austria called on Iran to ratify the treaty.", "ratify", "called-for", id="called-on"),
    pytest.param("Mexico calls for an end to the embargo.", "end", "called-for", id="calls-for"),
    pytest.param("We invite the members to join the initiative.", "join", "called-for", id="invite"),
    pytest.param("We hope that Bhutan will join the organization.", "join", "called-for", id="hope"),
    pytest.param(
        "It is essential that they implement the resolution.", "implement", "called-for", id="it-is-essential"
    ),
    # conditional
    pytest.param("If Norway joined the Union, it would pay more.", "joined", "conditional", id="if"),
    pytest.param("Switzerland could host the talks.", "host", "conditional", id="could"),
    pytest.param("Switzerland might host the talks.", "host", "conditional", id="might"),
    pytest.param("Ireland is considering joining the mission.", "joining", "conditional", id="considering"),
    pytest.param("They asked whether Malta had signed the protocol.", "signed", "conditional", id="whether"),
    pytest.param("Unless Malta signs the protocol, it stays outside.", "signs", "conditional", id="unless"),
    # denied
    pytest.param("Norway has not joined the European Union.", "joined", "denied", id="not"),
    pytest.param("Norway never joined the European Union.", "joined", "denied", id="never"),
    pytest.param("The United States did not ratify the treaty.", "ratify", "denied", id="did-not"),
    pytest.param("The Senate refused to ratify the treaty.", "ratify", "denied", id="refused"),
    pytest.param("The conference failed to adopt a declaration.", "adopt", "denied", id="failed"),
    pytest.param("Israel has yet to sign the convention.", "sign", "denied", id="yet-to"),
    pytest.param("Norway will not join the Union.", "join", "denied", id="will-not"),
    pytest.param("Neither Norway nor Iceland joined the Union.", "joined", "denied", id="neither"),
    pytest.param("No state signed the protocol.", "signed", "denied", id="no-subject"),
    pytest.param("It left without signing the agreement.", "signing", "denied", id="without"),
]


@pytest.mark.parametrize(("text", "cue", "expected"), ROWS)
def test_modality_of_a_word(extractor: Extractor, text: str, cue: str, expected: str) -> None:
    document = prose(text)
    named = extractor.names(document)
    (parsed,) = parse_all([mask(fold(text), named.mentions)])
    assert extractor.relations.qualifier.modality(parsed, parsed.words.index(cue)) == expected


RULES = Path(__file__).parents[2] / "extract" / "rules" / "modality.toml"
EXAMPLES = [
    pytest.param(text, meaning, id=f"{meaning}-{number}")
    for meaning, texts in tomllib.loads(RULES.read_text("utf-8"))["examples"].items()
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_examples_of_the_rule_file(extractor: Extractor, text: str, expected: str) -> None:
    before, word, after = re.split(r"\[(.+)\]", text)
    document = prose(before + word + after)
    (parsed,) = parse_all([mask(fold(document.text), extractor.names(document).mentions)])
    cue = next(i for i, o in enumerate(parsed.offsets) if o == len(before))
    assert extractor.relations.qualifier.modality(parsed, cue) == expected


def test_every_modality_has_its_rows() -> None:
    kinds = [row.values[2] for row in ROWS]
    assert {kind: kinds.count(kind) >= 5 for kind in kinds} == dict.fromkeys(
        ["asserted", "planned", "called-for", "conditional", "denied"], True
    )


CLAIMS = [
    pytest.param("Ghana ratified the Paris Agreement.", "asserted", id="asserted"),
    pytest.param("Ghana will ratify the Paris Agreement.", "planned", id="planned"),
    pytest.param("Ghana should ratify the Paris Agreement.", "called-for", id="called-for"),
    pytest.param("Ghana has not ratified the Paris Agreement.", "denied", id="denied"),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_claims_carry_it(extractor: Extractor, text: str, expected: str) -> None:
    said = [c.modality for c in extractor(prose(text)).claims if c.predicate == "partyTo"]
    assert said == [expected]


STANDING = [
    pytest.param(
        "Norway will continue to support the United Nations.",
        "supports",
        "asserted",
        id="continue-to-support",
    ),
    pytest.param(
        "Norway will continue to work with Chile on health.",
        "cooperatesWith",
        "asserted",
        id="continue-to-work",
    ),
    pytest.param("Norway will work with Chile on health.", "cooperatesWith", "planned", id="will-work"),
    pytest.param(
        "Norway urges Sudan to continue to cooperate with Chile.",
        "cooperatesWith",
        "called-for",
        id="urged-to-continue",
    ),
    pytest.param(
        "Norway will continue to provide humanitarian assistance to Mali.",
        "providesAssistanceTo",
        "planned",
        id="further-help-is-to-come",
    ),
    pytest.param(
        "Ambassador Jane Smith will serve as Special Envoy of Norway for Haiti.",
        "holdsPosition",
        "planned",
        id="will-serve-as",
    ),
]


@pytest.mark.parametrize(("text", "predicate", "expected"), STANDING)
def test_what_goes_on_is_a_fact(extractor: Extractor, text: str, predicate: str, expected: str) -> None:
    said = {c.modality for c in extractor(prose(text)).claims if c.predicate == predicate}
    assert said == {expected}
