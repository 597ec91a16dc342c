"""What a disk refuses is told in words; what is our own mistake is not."""

import errno
from pathlib import Path

import pytest

from generator.trouble import Trouble
from generator.whole import make_private, refusal, refuse_file

STICK = Path("/media/flash/портфолио")


@pytest.mark.parametrize(
    ("place", "why"),
    [("/proc/nothere/x", "no such folder"), (f"/tmp/{'ж' * 200}", "too long")],
)
def test_a_folder_that_no_disk_makes_is_refused_in_words(place: str, why: str) -> None:
    with pytest.raises(Trouble, match=why):
        make_private(Path(place))


@pytest.mark.parametrize(("named", "is_theirs"), [(STICK / "a:b", True), ("/etc/a", False)])
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOENT])
def test_a_missing_file_is_somebodys_only_where_they_named_the_place(
    number: int, named: Path | str, *, is_theirs: bool
) -> None:
    error = OSError(number, "", str(named))

    assert (refusal(error, STICK) is not None) is is_theirs
    assert refusal(error) is None


def test_a_file_where_a_folder_is_to_be_is_seen_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("file", "file/below/it"):
        with pytest.raises(Trouble, match="stands in the way"):
            refuse_file(tmp_path / place)
    refuse_file(tmp_path / "new/folder")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
