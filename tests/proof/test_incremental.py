"""Incremental equals cold, byte for byte, over sequences of changes nobody thought of."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.proof.edits import EDITS, Step, run
from tests.town import Town, build_town

STEPS = st.lists(
    st.builds(Step, st.sampled_from(sorted(EDITS)), st.booleans(), st.sampled_from((0, 0, 0, 1))),
    min_size=1,
    max_size=7,
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build_town(tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_after_each_single_change_the_sites_are_as_if_built_from_nothing(
    town: Town, edit: str, tmp_path: Path
) -> None:
    assert run(town, [Step(edit, built=True)], tmp_path) == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("a work that names a classmate", "Anna's consent covers less"),
        ("a work that names a classmate", "Anna's consent ends"),
        ("a work for the school", "a work of the other class"),
        ("a home for two children", "Lada's folder is deleted"),
    ],
)
def test_what_one_student_does_is_seen_where_another_depends_on_it(
    town: Town, first: str, then: str, tmp_path: Path
) -> None:
    assert run(town, [Step(first, built=True), Step(then, built=True)], tmp_path) == []


# The long proof is `python -m tests.proof incremental`. Nothing is shrunk: the steps are few.
@settings(
    max_examples=4, derandomize=True, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(STEPS)
def test_after_any_changes_the_sites_are_as_if_built_from_nothing(
    town: Town, steps: list[Step]
) -> None:
    with TemporaryDirectory(prefix="stupeni-steps-") as folder:
        assert run(town, steps, Path(folder)) == []
