"""A school about to be built -> the tests that disturb the build. Made once for all of them."""

import pytest

from tests.proof.kills import Scene, set_scene


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Whoever uses it begins with `restore`."""
    return set_scene(tmp_path_factory.mktemp("scene"))
