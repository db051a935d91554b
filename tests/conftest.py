"""What several tests share: one extractor, loaded once."""

import pytest
from diplograph.extract.extractor import Extractor, load_extractor
from hypothesis import settings

# No test asserts a time: the first example of one may load a table.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Load the extractor of the package once, without the ranker: rules and parts are tested one by one."""
    return load_extractor(ranked=False)
