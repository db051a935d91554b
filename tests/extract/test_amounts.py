"""Sums of money: value, currency, ranges, second currencies, and whose sum it is."""

from decimal import Decimal

import pytest
from diplograph.extract.amounts import AmountReader, load_amount_reader
from diplograph.extract.extractor import load_extractor, rules_folder
from diplograph.extract.records import Block, Document, Sentence, Span
from diplograph.ontology.vocabulary import read_table

SUMS = [
    pytest.param("approximately 45 billion yen", [("45000000000", "JPY")], id="scale"),
    pytest.param("6.2 billion US dollars", [("6200000000", "USD")], id="decimal"),
    pytest.param("€500m", [("500000000", "EUR")], id="short-scale"),
    pytest.param("about $1.5-billion", [("1500000000", "USD")], id="hyphen"),
    pytest.param("US$ 3.4 million", [("3400000", "USD")], id="longest-sign"),
    pytest.param("A$20 million", [("20000000", "AUD")], id="sign-of-another-dollar"),
    pytest.param("100,000 US dollars", [("100000", "USD")], id="commas"),
    pytest.param("1,250.50 euros", [("1250.5", "EUR")], id="commas-and-decimals"),
    pytest.param("30 million USD", [("30000000", "USD")], id="code-behind"),
    pytest.param("USD 30 million", [("30000000", "USD")], id="code-before"),
    pytest.param("3 billion CFA francs", [("3000000000", "XAF")], id="currency-of-two-words"),
    pytest.param("Rs. 5 crore", [("50000000", "INR")], id="indian-scale"),
    pytest.param("two million dollars", [("2000000", "USD")], id="number-in-words"),
    pytest.param("half a million euros", [("500000", "EUR")], id="half"),
    pytest.param("$40 Million in Food Aid", [("40000000", "USD")], id="scale-of-a-heading"),
    pytest.param("5 Billion Yen", [("5000000000", "JPY")], id="words-of-a-heading"),
    pytest.param("20 million Deutschmarks", [("20000000", "DEM")], id="currency-of-old"),
    pytest.param("3 million Egyptian pounds", [("3000000", "EGP")], id="pound-of-another-state"),
    pytest.param("millions of dollars", [], id="no-number"),
    pytest.param("2 million tonnes", [], id="no-currency"),
    pytest.param("in 2016 the dollar fell", [], id="no-sum"),
    pytest.param("$5 to $10 million", [("10000000", "USD")], id="range-of-two-signs"),
    pytest.param("10 to 15 million dollars", [("15000000", "USD")], id="range-of-one-word"),
    pytest.param(
        "500 million US dollars (approximately 52 billion yen)", [("500000000", "USD")], id="second-currency"
    ),
    pytest.param("€1.5 billion or $1.6 billion", [("1500000000", "EUR")], id="second-currency-after-or"),
    pytest.param(
        "$103 million and over $171 million", [("103000000", "USD"), ("171000000", "USD")], id="two-sums"
    ),
    pytest.param(
        "$3 million, $4 million and €5 million",
        [("3000000", "USD"), ("4000000", "USD"), ("5000000", "EUR")],
        id="list-of-sums",
    ),
]


@pytest.fixture(scope="module")
def reader() -> AmountReader:
    return load_amount_reader(rules_folder())


@pytest.mark.parametrize(("text", "expected"), SUMS)
def test_sums(reader: AmountReader, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.value, hit.currency) for hit in reader(text)] == expected


@pytest.mark.parametrize("text", ["grants of 40 million yen each", "€2bn", "some 7 dollars."])
def test_span_holds_the_sum_alone(reader: AmountReader, text: str) -> None:
    (hit,) = reader(text)
    assert text[hit.start : hit.end] in {"40 million yen", "€2bn", "7 dollars"}


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [("up to 40 billion yen", True), ("up to about $3 million", True), ("$3 million", False)],
)
def test_ceiling(reader: AmountReader, text: str, ceiling: bool) -> None:
    assert [hit.ceiling for hit in reader(text)] == [ceiling]


def test_every_sign_and_word_means_its_currency_or_the_one_listed_before(reader: AmountReader) -> None:
    rows = list(read_table(rules_folder() / "currencies.tsv"))
    first: dict[str, str] = {}
    for row in rows:
        for form in [*row["signs"].split("|"), *row["words"].split("|")]:
            first.setdefault(form.lower(), row["code"])
    texts = {
        f"{sign} 5 million": first[sign.lower()] for row in rows for sign in row["signs"].split("|") if sign
    }
    texts |= {f"5 million {word}": first[word.lower()] for row in rows for word in row["words"].split("|")}
    read = {text: [hit.currency for hit in reader(text)] for text in texts}
    assert read == {text: [code] for text, code in texts.items()}


def test_every_scale_multiplies(reader: AmountReader) -> None:
    scales = [r for r in read_table(rules_folder() / "numbers.tsv") if r["kind"] == "scale"]
    read = {r["word"]: [Decimal(h.value) for h in reader(f"3 {r['word']} euros")] for r in scales}
    assert read == {r["word"]: [3 * Decimal(r["value"])] for r in scales}


def assistance(text: str) -> dict[str, dict[str, str]]:
    """Map recipients to the qualifiers of the help they get, ids without their prefix."""
    document = Document(
        id="example",
        file="example.txt",
        text=text,
        country="NLD",
        reference_year=2016,
        blocks=(Block(kind="paragraph", span=Span(0, len(text))),),
        sentences=(Sentence(span=Span(0, len(text)), block=0),),
    )
    claims = load_extractor(ranked=False)(document).claims
    return {
        c.object.split("/")[1]: c.qualifiers.as_dict()
        for c in claims
        if c.predicate == "providesAssistanceTo"
    }


def test_one_sum_for_several_recipients_stands_on_each() -> None:
    found = assistance("Japan provided 30 million dollars to Kenya, Uganda and Rwanda.")
    assert {key: (q["amount"], q["currency"]) for key, q in found.items()} == dict.fromkeys(
        ("KEN", "RWA", "UGA"), ("30000000", "USD")
    )


SHARED_OUT = [
    pytest.param("Japan provided 30 million dollars to Kenya and 20 million dollars to Rwanda.", id="before"),
    pytest.param(
        "Japan provided aid to Kenya (30 million dollars) and Rwanda (20 million dollars).", id="brackets"
    ),
]


@pytest.mark.parametrize("text", SHARED_OUT)
def test_each_recipient_has_the_sum_beside_it(text: str) -> None:
    assert {key: q["amount"] for key, q in assistance(text).items()} == {"KEN": "30000000", "RWA": "20000000"}


PURPOSES = [
    pytest.param(
        "Japan assisted Cambodia in clearing old mines.", "KHM", "clearing old mines", id="in-with-a-verb"
    ),
    pytest.param(
        "Japan provided 5 million dollars to Kenya to rebuild rural schools.",
        "KEN",
        "rebuild rural schools",
        id="infinitive",
    ),
    pytest.param("Japan gave two patrol vessels to Palau.", "PLW", "two patrol vessels", id="thing-given"),
]


@pytest.mark.parametrize(("text", "recipient", "purpose"), PURPOSES)
def test_purpose_is_few_words_of_the_text(text: str, recipient: str, purpose: str) -> None:
    assert assistance(text)[recipient]["purpose"] == purpose
    assert purpose in text
