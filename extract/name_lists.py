"""Read the names of a list that stands behind a word, whatever the parser makes of it."""

from collections.abc import Collection

from diplograph.extract.scene import Participant, Scene

__all__ = ["names_listed"]

_NAME_TAGS = frozenset({"NNP", "NNPS"})


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
