"""What hangs large on a student's page, and what lies in the folder beside it (R-046, R-007)."""

from dataclasses import replace

import pytest

from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.shown import Fact, ShownEntry, ShownMeasure
from generator.model.site import Page
from generator.pages import compose
from generator.pages.places import in_places, place_of
from generator.pages.spines import in_order
from tests.test_pages import SHELLS, THEME, Reader, decision, edition, entry, scan

PAPER = (scan("paper", copy=True),)
PAPERS = tuple(entry(f"p{n}", kind="contest", scans=PAPER) for n in range(5))


def placed(one: ShownEntry, **changes: object) -> str:
    """Where it stands among five certificates."""
    return place_of(one, replace(edition(one, *PAPERS), **changes))  # type: ignore[arg-type]


@pytest.mark.covers("R-007")
def test_what_came_of_it_is_not_asked() -> None:
    took_part = entry("a", kind="contest", scans=PAPER)
    won = replace(took_part, facts=(Fact("result", Text("победитель", "winner")),))
    assert placed(took_part) == placed(won) == "paper"


@pytest.mark.covers("R-046")
@pytest.mark.parametrize(
    ("one", "place"),
    [
        (entry("a", scans=(scan("cat"),)), "work"),
        (entry("a", why_it_matters="Впервые сама"), "work"),
        (entry("a", said=(Fact("text", Text("Стихи", "Verses")),)), "work"),
        (entry("a", kind="series"), "lead"),
        (entry("a", measures=(ShownMeasure("Бег", "с", ()),)), "lead"),
        (entry("a", reflection="Было весело"), "paper"),
    ],
    ids=["a picture", "a reason", "a text", "then and now", "a chart", "an event"],
)
def test_what_can_be_looked_at_or_read_hangs(one: ShownEntry, place: str) -> None:
    assert placed(one) == place


@pytest.mark.covers("R-046", "R-033")
def test_what_the_student_chose_leads_and_a_commission_sees_everything_large() -> None:
    paper = entry("a", kind="contest", scans=PAPER)
    assert placed(paper, highlights=("a",)) == "lead"
    assert placed(paper, tier="commission") == "lead"


@pytest.mark.covers("R-046")
def test_a_page_of_few_entries_has_no_folder() -> None:
    few = edition(*PAPERS[:3])
    assert {place_of(one, few) for one in few.entries} == {"work"}


def page_of(one: Edition) -> Page:
    return compose(decision(one), {}, SHELLS, THEME)[0]


@pytest.mark.covers("R-046")
def test_a_chapter_begins_with_what_was_chosen_and_the_search_counts_likewise() -> None:
    picture = entry("cat", scans=(scan("cat"),))
    one = replace(edition(*PAPERS, picture), highlights=("p3",))
    html = Reader(page_of(one).html)
    standing = ["p3", "cat", "p0", "p1", "p2", "p4"]
    assert [name for name in html.values("id") if name in standing] == standing
    assert [each.id for each in in_order(one)] == standing
    assert [each.id for each in in_places(one.entries, one)] == standing
    assert html.values("data-place") == ["lead", "work", *["paper"] * 4]
