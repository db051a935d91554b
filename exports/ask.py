"""Ask the questions that the package ships: list them, fill in their parameters, answer them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from diplograph.exports.iris import id_of, iri, path_of
from diplograph.exports.query import ResultFormat, answer_query, evaluate, open_store
from diplograph.ontology.errors import DiplographError
from diplograph.ontology.model import ENTITY_CLASSES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["AskError", "Parameter", "Question", "ask", "questions"]

# What a parameter may be -> the classes of its entities.
KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "actor": ("Country", "Organization", "Forum"),
        "agreement": ("Agreement", "Policy"),
        "body": ("Organization", "Forum"),
        "country": ("Country",),
        "entity": ENTITY_CLASSES,
        "issue": ("IssueArea",),
        "meeting": ("Event", "Forum", "Programme", "Organization"),
        "person": ("Person",),
    }
)
HEADER: Final = re.compile(r"# (\w+): (\w+)\Z")
SUGGESTIONS: Final = 5


class AskError(DiplographError, ValueError):
    """A question that cannot be asked as it was: an unknown question or name, a missing parameter.

    Attributes:
        problem: What is wrong.
        remedy: What to do, with the nearest names that are known.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A gap in a question. ``kind`` is a key of :data:`KINDS`, ``year`` or ``text``."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in words and in SPARQL; the query is complete, with an example for each parameter."""

    name: str
    sentence: str
    parameters: tuple[Parameter, ...]
    query: str

    def usage(self) -> str:
        """Give the question's name and parameters as they are typed."""
        return " ".join([self.name, *(f"<{parameter.name}>" for parameter in self.parameters)])


@cache
def questions() -> Mapping[str, Question]:
    """Give all questions, by name, in alphabetical order."""
    folder = files("diplograph.exports.questions")
    found = (
        _read(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".rq")
    )
    return MappingProxyType({q.name: q for q in sorted(found, key=lambda q: q.name)})


def ask(target: Path, name: str, arguments: Sequence[str], *, format: ResultFormat = "table") -> str:
    """Answer a question about ``target``, an RDF file or a folder that a build wrote.

    Args:
        target: What to ask.
        name: The name of the question.
        arguments: A value for each parameter, in order: a name ("Japan"), a code ("JPN"), an id
            ("country/JPN"), a year, or words.
        format: One of the formats of rows of :func:`run_query`.

    Raises:
        AskError: If there is no such question, a parameter is missing or too many, or a name is unknown
            or means several things.
        InputError: If there is nothing to ask.
    """
    question = _question(name)
    if len(arguments) != len(question.parameters):
        raise AskError(
            f"{name} takes {len(question.parameters)} values, {len(arguments)} given",
            f"write: {question.usage()}",
        )
    store = open_store(target, beside="GRAPH" in question.query)
    return answer_query(store, fill(store, question, arguments), format=format)


def fill(store: "ox.Store", question: Question, arguments: Sequence[str]) -> str:
    """Give the query of a question with its examples replaced by ``arguments``."""
    query = question.query
    for parameter, argument in zip(question.parameters, arguments, strict=True):
        term = _term(store, parameter, argument)
        values = re.compile(rf"VALUES \?{parameter.name} \{{[^}}]*\}}")
        query = values.sub(lambda _, p=parameter, t=term: f"VALUES ?{p.name} {{ {t} }}", query)  # type: ignore[misc]
    return query


def _question(name: str) -> Question:
    known = questions()
    if name not in known:
        raise AskError(
            f"there is no question {name!r}", _nearest(name, known) or "list them: diplograph questions"
        )
    return known[name]


def _read(name: str, text: str) -> Question:
    first, *rest = text.splitlines()
    parameters = []
    for line in rest:
        match = HEADER.match(line)
        if not match:
            break
        parameters.append(Parameter(name=match[1], kind=match[2]))
    return Question(name=name, sentence=first.removeprefix("# "), parameters=tuple(parameters), query=text)


def _term(store: "ox.Store", parameter: Parameter, argument: str) -> str:
    if parameter.kind == "year":
        if not re.fullmatch(r"\d{4}", argument):
            raise AskError(f"{argument!r} is no year", "write four digits, for example 2016")
        return argument
    if parameter.kind == "text":
        import pyoxigraph as ox

        return str(ox.Literal(argument))
    return f"<{iri(path_of(resolve(store, argument, KINDS[parameter.kind])))}>"


def resolve(store: "ox.Store", text: str, classes: Sequence[str]) -> str:
    """Find the entity that a name, code or id means, among those of some classes.

    A name is compared without regard to case. The graph's own names count first, then those of the
    vocabulary, so that a state which no document names gives no rows rather than an error.

    Raises:
        AskError: If nothing, or more than one thing, is so called; it names the nearest.
    """
    wanted = text.strip().casefold()
    named = _names(store, classes)
    found = named.get(wanted) or _vocabulary_names(classes).get(wanted)
    if not found:
        nearest = _nearest(wanted, [*named, *_vocabulary_names(classes)])
        kinds = " or ".join(classes) if len(classes) < len(ENTITY_CLASSES) else "entity"
        raise AskError(f"no {kinds} is called {text!r}", nearest or "try another name or an id")
    if len(found) > 1:
        raise AskError(f"{text!r} may be {' or '.join(sorted(found))}", "give one of these ids")
    return min(found)


def _names(store: "ox.Store", classes: Sequence[str]) -> dict[str, set[str]]:
    """Map names without case to ids; a label outranks an alias of something else."""
    import pyoxigraph as ox

    rows: list[tuple[int, str, str]] = []
    wanted = ", ".join(f"dg:{cls}" for cls in classes)
    for rank, property in enumerate(("rdfs:label", "dg:iso3", "skos:altLabel")):
        query = f"SELECT ?e ?n {{ ?e a ?c ; {property} ?n FILTER (?c IN ({wanted})) }}"
        found = evaluate(store, query)
        assert isinstance(found, ox.QuerySolutions)
        rows += [(rank, str(row["n"].value), id_of(str(row["e"].value))) for row in found]
    return _ranked(rows)


@cache
def _vocabulary_names(classes: Sequence[str]) -> dict[str, set[str]]:
    """Map the names of what the package's vocabularies list, as :func:`_names` does; no seats, no demonyms."""
    from diplograph.ontology.vocabulary import read_table, read_vocabulary, vocabulary_folder

    rows = [
        (0 if form.text == entry.label else 2, form.text, entry.id)
        for entry in read_vocabulary().entries
        if entry.cls in classes or entry.alt_cls in classes
        for form in entry.forms
        if form.kind == "name"
    ]
    if "IssueArea" in classes:
        issues = read_table(vocabulary_folder() / "issue_areas.tsv")
        rows += [(0, row["label"], f"issue/{row['id']}") for row in issues]
    return _ranked(rows)


def _ranked(rows: Sequence[tuple[int, str, str]]) -> dict[str, set[str]]:
    """Map each name to the ids that it means at its best rank; an id and its last part name it first."""
    ids = sorted({entity for _, _, entity in rows})
    rows = [
        *((-2, entity, entity) for entity in ids),
        *((-1, entity.partition("/")[2], entity) for entity in ids),
        *rows,
    ]
    found: dict[str, set[str]] = {}
    best: dict[str, int] = {}
    for rank, name, entity in sorted(rows):
        key = name.casefold()
        if best.setdefault(key, rank) == rank:
            found.setdefault(key, set()).add(entity)
    return found


def _nearest(name: str, known: "Mapping[str, object] | Sequence[str]") -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(set(known)), n=SUGGESTIONS, cutoff=0.6)
    return f"did you mean {', '.join(near)}?" if near else ""
