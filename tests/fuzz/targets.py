"""What is fuzzed, each as a function of bytes: it returns, or raises what is a fault.

Errors that tell the user what is wrong (:class:`DiplographError`) are no faults; any other exception is, and
so is a span that does not lie in the text or does not quote it.
"""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

from diplograph.extract.amounts import load_amount_reader
from diplograph.extract.dates import load_date_reader
from diplograph.extract.extractor import Extractor, load_extractor, rules_folder
from diplograph.extract.folding import fold
from diplograph.extract.loading import READERS, load
from diplograph.extract.loading_text import decode
from diplograph.extract.manifest import Source, read_manifest
from diplograph.extract.records import Document, Extraction
from diplograph.extract.sentences import split_sentences
from diplograph.extract.structure import structure
from diplograph.extract.table_cells import tables_of
from diplograph.extract.tokens import tokenize
from diplograph.ontology.errors import DiplographError

__all__ = ["TARGETS", "document_of", "seeds"]

# Time stands still for no loop: texts are short, so that a minute tries many.
LONGEST_TEXT = 4000


def text_of(data: bytes) -> str:
    """Turn bytes into a text, any bytes: what is no UTF-8 becomes half a surrogate pair."""
    return data.decode("utf-8", "surrogateescape")[:LONGEST_TEXT]


def document_of(text: str) -> Document:
    """Divide a text into blocks and sentences."""
    sections, blocks = structure(text)
    return Document(
        id="d",
        file="d.txt",
        text=text,
        country="NOR",
        reference_year=2016,
        sections=sections,
        blocks=blocks,
        sentences=split_sentences(text, blocks),
    )


def fuzz_tokens(data: bytes) -> None:
    """Fold and tokenize; every token must lie where it says."""
    text = text_of(data)
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1 and len(folded.lower) == len(folded.text)
    assert all(one <= other for one, other in pairwise(folded.offsets))
    for token in tokenize(folded.text):
        assert folded.text[token.start : token.end] == token.text
        span = folded.span(token.start, token.end)
        assert 0 <= span.start < span.end <= len(text)


def fuzz_structure(data: bytes) -> None:
    """Divide a text; blocks and sentences must be in order, disjoint, and inside."""
    document = document_of(text_of(data))
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.blocks))
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.sentences))
    assert all(document.blocks[s.block].span.covers(s.span) for s in document.sentences)
    assert all(
        b.span.end <= len(document.text) and b.section < len(document.sections) for b in document.blocks
    )
    for table in tables_of(document):
        for row in table.rows:
            assert all(row.span.covers(cell) for cell in row.cells if cell)


def fuzz_dates(data: bytes) -> None:
    """Find dates; each must be ISO 8601 and lie in the text."""
    text = fold(text_of(data)).text
    for hit in load_date_reader(rules_folder())(text, 2016):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.date or hit.since or hit.until


def fuzz_amounts(data: bytes) -> None:
    """Find sums; each must be a plain number of a known currency."""
    text = fold(text_of(data)).text
    for hit in load_amount_reader(rules_folder())(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.value.replace(".", "").isdigit() and len(hit.currency) == 3


@cache
def extractor() -> Extractor:
    return load_extractor(ranked=False)


def check(found: Extraction) -> None:
    """Every mention and every piece of evidence must quote the text."""
    text = found.document.text
    known = {entity.id for entity in found.entities}
    for mention in found.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text and mention.entity in known
    for claim in found.claims:
        assert {claim.subject, claim.object} <= known
        assert all(text[piece.start : piece.end] == piece.text for piece in claim.evidence)


def fuzz_names(data: bytes) -> None:
    """Find the names of a text."""
    document = document_of(text_of(data)[:600])
    named = extractor().names(document)
    check(Extraction(document=document, mentions=named.mentions, entities=named.entities))


def fuzz_claims(data: bytes) -> None:
    """Read a short text to the end."""
    check(extractor()(document_of(text_of(data)[:300])))


def fuzz_manifest(data: bytes) -> None:
    """Read a manifest."""
    with tempfile.TemporaryDirectory() as folder, suppress(DiplographError):
        path = Path(folder) / "manifest.csv"
        path.write_bytes(data)
        (Path(folder) / "a.txt").write_text("Norway joined.", encoding="utf-8")
        for source in read_manifest(path):
            assert source.path.is_file()


def fuzz_files(data: bytes) -> None:
    """Read a file of any ending; the first byte chooses it."""
    if not data:
        return
    endings = sorted({*READERS, ".txt", ".md", ".txt.gz", ".zip"})
    with tempfile.TemporaryDirectory() as folder, suppress(DiplographError):
        path = Path(folder) / f"a{endings[data[0] % len(endings)]}"
        path.write_bytes(data[1:])
        document = load(Source(path=path), "a")
        assert all(document.blocks[s.block].span.covers(s.span) for s in document.sentences)


def fuzz_decode(data: bytes) -> None:
    """Turn bytes into text."""
    with suppress(DiplographError):
        decode(data, "a.txt")


@cache
def rule_files() -> tuple[tuple[str, bytes], ...]:
    """Give the rule files that one loader each reads, with their bytes."""
    folder = rules_folder()
    names = ("tables.toml", "voices.toml", "dates.toml", "currencies.tsv", "numbers.tsv")
    return tuple((name, (folder / name).read_bytes()) for name in names)


def fuzz_rules(data: bytes) -> None:
    """Damage a rule file: the first byte chooses it, two more the place, the rest is put there."""
    from diplograph.extract.table_rules import load_table_rules
    from diplograph.extract.voices import load_voices

    if len(data) < 4:
        return
    files = rule_files()
    name, whole = files[data[0] % len(files)]
    at = int.from_bytes(data[1:3], "big") * len(whole) // 65536
    loaders: Mapping[str, Callable[[Path], object]] = {
        "tables.toml": load_table_rules,
        "voices.toml": load_voices,
        "dates.toml": load_date_reader,
        "currencies.tsv": load_amount_reader,
        "numbers.tsv": load_amount_reader,
    }
    with tempfile.TemporaryDirectory() as folder, suppress(DiplographError):
        for other, content in files:
            (Path(folder) / other).write_bytes(content)
        (Path(folder) / name).write_bytes(whole[:at] + data[3:] + whole[at + len(data) - 3 :])
        loaders[name](Path(folder))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "tokens": fuzz_tokens,
    "structure": fuzz_structure,
    "dates": fuzz_dates,
    "amounts": fuzz_amounts,
    "names": fuzz_names,
    "claims": fuzz_claims,
    "manifest": fuzz_manifest,
    "files": fuzz_files,
    "decode": fuzz_decode,
    "rules": fuzz_rules,
}

_TEXTS = (
    "On 3 May 2016, Norway and Chile signed the “Paris Agreement” in Oslo.\n17\n\nThey gave $5.5 million to Kenya.",
    "Mr. Holm (Norway): We support the UN Secu-\nrity Council (2016–2018), see also A/63/PV.5.\r\n\r\n1. Aid\n\n(a) Trade",
    "| Country | Agreement | Signed |\n|---|---|---|\n| Chile | Paris Agreement | 2016-09-20 |\n\nArticle 5\n\n> quoted",
    "between 1 and 5 June; the 1990s; €3bn, 5 million yen or US$ 1,000; Feb. 29, 2015; the 23rd ARF Meeting (July)",
)
_MANIFEST = (
    b'file,title,publisher,country,reference_year,url\r\na.txt,"Trade, and aid",X,NOR,1998,https://a.org/\r\n'
)


def seeds(target: str) -> tuple[bytes, ...]:
    """Give inputs from which a target's fuzzing begins."""
    texts = tuple(text.encode() for text in _TEXTS)
    if target == "manifest":
        return (_MANIFEST,)
    if target == "files":
        xml = b"<TEI><text><body><div><head>Aid</head><p>They met.<note>So.</note></p></div></body></text></TEI>"
        return tuple(bytes([number]) + xml for number in range(12))
    if target == "rules":
        return tuple(bytes([number, 40, 0]) + b'x = "' for number in range(5))
    return texts
