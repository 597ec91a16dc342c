"""A page is taken out of one shell and put into another as it is."""

import pytest

from generator.model.site import Shell
from generator.pages.reshell import change_shell

OLD = Shell(("<a>", "school", '</a><b p="', "palette", '">', "content", "</b>", "foot", ".\n"))
NEW = Shell(('<i p="', "palette", '"/>', "content", "</i>\n<u>", "foot", "</u>", "school", ""))
FRAME = {"school": "№ 7 (.*)", "foot": "</b>"}


def test_a_page_in_a_new_shell_is_what_it_would_be_if_made_in_it() -> None:
    change = change_shell(OLD, NEW, FRAME)
    # Its own words may say what the shell says.
    for content in ("", "two\nlines", '<b p="x">y</b></b>.\n', "№ 7 (.*)"):
        slots = {**FRAME, "palette": "sea", "content": content}
        assert change(OLD.fill(slots)) == NEW.fill(slots)


def test_a_page_of_another_frame_is_not_taken_for_one_of_this() -> None:
    slots = {**FRAME, "palette": "sea", "content": "words"}
    for page in (OLD.fill({**slots, "school": "№ 8"}), OLD.fill(slots) + "more"):
        with pytest.raises(ValueError, match="another shell"):
            change_shell(OLD, NEW, FRAME)(page)
