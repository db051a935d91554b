"""What several tests share: one extractor, loaded once."""

import pytest
from diplograph.extract.extractor import Extractor, load_extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Load the extractor of the package once, without the ranker: rules and parts are tested one by one."""
    return load_extractor(ranked=False)
