"""Read the names of a list that stands behind a word, whatever the parser makes of it."""

from collections.abc import Collection, Iterable

from diplograph.extract.scene import Participant, Scene

__all__ = ["names_before", "names_behind", "names_listed"]

_NAME_TAGS = frozenset({"NNP", "NNPS"})
_LIST_TAGS = _NAME_TAGS | {"CD"}


def names_listed(
    scene: Scene, start: int, end: int, *, glue: Collection[str], classes: Collection[str], only: bool = False
) -> list[Participant]:
    """Give the names between a token and ``end``, as long as only titles and words of lists stand between.

    Args:
        scene: The sentence.
        start: The token behind which the list begins.
        end: The token before which it ends at the latest.
        glue: Words of lists, in lower case.
        classes: Those of the names wanted.
        only: Whether a name of another class ends the list; else it is passed over.
    """
    parsed = scene.parsed
    found: list[Participant] = []
    for token in range(start + 1, end):
        named = scene.named(token)
        if named is not None and named.cls in classes:
            found.append(named)
        elif (named is not None and only) or (
            parsed.inside[token] < 0
            and parsed.lower[token] not in glue
            and parsed.tags[token] not in _NAME_TAGS
        ):
            break
    return found


def names_before(
    scene: Scene, end: int, *, glue: Collection[str], closing: Collection[str]
) -> list[Participant]:
    """Give the names of a list that ends at a token, each once, in their order.

    Args:
        scene: The sentence.
        end: The last token of the list.
        glue: Words of lists and titles, in lower case.
        closing: Classes whose names are no part of it.
    """
    return list(reversed(_walked(scene, range(end, -1, -1), glue, closing)))


def names_behind(
    scene: Scene, start: int, *, glue: Collection[str], closing: Collection[str]
) -> list[Participant]:
    """Give the names of a list behind a token, each once, as :func:`names_before` does before one."""
    return _walked(scene, range(start + 1, len(scene.parsed.words)), glue, closing)


def _walked(
    scene: Scene, tokens: Iterable[int], glue: Collection[str], closing: Collection[str]
) -> list[Participant]:
    parsed = scene.parsed
    names = {parsed.inside[p.token]: p for p in scene.names()}
    found: dict[str, Participant] = {}
    for token in tokens:
        named = names.get(parsed.inside[token]) if parsed.inside[token] >= 0 else None
        if named is not None:
            if named.cls in closing:
                break
            found.setdefault(named.entity, named)
        elif parsed.lower[token] not in glue and parsed.tags[token] not in _LIST_TAGS:
            break
    return list(found.values())
