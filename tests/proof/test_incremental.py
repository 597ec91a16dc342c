"""Incremental equals cold, byte for byte, over sequences of changes nobody thought of."""

import os
import shutil
from dataclasses import replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.flow.job import Job
from generator.flow.sites import build_sites
from generator.progress import Event, Progress
from tests.proof.edits import EDITS, Step, run, with_own_theme
from tests.town import Town, build_town, moved

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


def test_of_a_new_frame_nobody_is_read_and_only_what_stands_in_it_is_made(
    town: Town, tmp_path: Path
) -> None:
    job = with_own_theme(moved(town, tmp_path).sample.job, tmp_path / "home")
    seen = Seen()
    job = replace(job, progress=Progress(seen))
    (shells,) = job.private.glob("*/cache/shell")

    def count() -> tuple[int, int]:
        assert build_sites(job).sites
        return seen.begun["reading"], seen.begun["pages"]

    shutil.rmtree(shells)  # the same ones come of it
    assert count() == (0, 0)
    EDITS["another style"](job)
    assert count() == (0, 3)
    (job.home / "theme/pages/deck.html").write_text("another slide", encoding="utf-8")
    assert count() == (0, 0)
    # In another style stand the very same pages: nobody asks what is granted.
    _forget_shares(job)
    EDITS["another style"](job)
    assert count() == (0, 3)
    # But for those whose pages were changed on the disk so that it does not show.
    _forget_shares(job)
    for page in job.output.glob("primary/p/*.html"):
        _change_unseen(page)
    EDITS["another style"](job)
    assert count() == (3, 3)


def _forget_shares(job: Job) -> None:
    for share in job.private.glob("*/cache/students/*.share"):
        share.unlink()


def _change_unseen(file: Path) -> None:
    seen = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


class Seen:
    """How much of everything there was to do."""

    every = inf

    def __init__(self) -> None:
        self.begun: dict[str, int] = {}

    def tell(self, event: Event) -> None:
        """Keeps the last of it."""
        self.begun[event.stage] = event.total


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
