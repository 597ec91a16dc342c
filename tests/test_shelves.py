"""What is searched. Does an index hold what its readers see, and is it theirs alone?"""

import base64
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostic import Text
from generator.model.edition import Edition, Holder, Share
from generator.model.shown import Fact
from generator.model.site import Spine, Spines
from generator.pages.spines import find_spines
from generator.seal import Sealed, seal_shelves
from generator.seal.cipher import Refused
from generator.seal.envelope import parse_envelope
from generator.seal.keys import Keys
from generator.seal.shelves import find_for
from tests.opener import Reader
from tests.test_pages import edition, entry

KEYS = Keys(bytes(range(32)), "0011223344556677", "primary")
COMMON, ROOM, STAFF = "level:primary:2026-27/shared", "class:2026-27:4a/shared", "staff:primary"
CAT, ROBOT = entry("a", title="Кот Плюш"), entry("b", title="Робот", year="2026-27")


def seen_by(tier: Any, *readers: str, student: str = "anna", **changes: Any) -> Edition:
    """What some readers see of a student."""
    path = f"student/{student}/{tier}"
    return edition(CAT, tier=tier, path=path, student=student, compartments=readers, **changes)


OWN = edition(CAT, ROBOT)
MATES = seen_by("class", ROOM)
WHOLE = seen_by("level", COMMON, name="Анна Б.")
DUTY = seen_by("staff", STAFF)
OTHER = seen_by("level", COMMON, student="ilya", name="Илья К.")
ALL = (OWN, MATES, WHOLE, DUTY, OTHER)


def spines_of(*editions: Edition) -> Spines:
    return find_spines(Share("anna", editions, (), ()), "ru")


def sealed(*editions: Edition) -> Sealed[Any]:
    return seal_shelves(editions, spines_of(*editions), KEYS)


def holder(*compartments: str) -> Holder:
    return Holder(
        "family:anna", "family", "primary", "", 1, compartments, "home", (), by_link=True
    )  # fmt: skip


def opened(found: Sealed[Any], oid: str, compartment: str) -> dict[str, Any]:
    """An index, opened with the key of a compartment."""
    raw = next(raw_of(file.content) for file in found.assets if file.path == f"a/{oid}.js")
    reader = Reader(Path(), KEYS.site, KEYS.level, b"")
    index: dict[str, Any] = json.loads(
        reader.open(raw, oid, KEYS.compartment(compartment), "search")
    )
    return index


def raw_of(content: bytes) -> bytes:
    return base64.b64decode(content.split(b'"')[3])


def test_an_index_holds_names_titles_kinds_years_and_events_of_its_editions() -> None:
    won = entry("c", title="Победа", facts=(Fact("event", Text("Шаги в науку", "Steps")),))
    one = seen_by("level", COMMON)
    found = sealed(replace(one, entries=(won, ROBOT)))
    index = opened(found, found.shelves[0].oid, COMMON)
    assert index == {
        "kinds": ["Творческие работы"],
        "events": ["Шаги в науку"],
        "books": [[
            KEYS.oid("page", "student/anna/level"), KEYS.oid("student", "anna")[:8],
            "Анна Белова", "4 «А»", [["2026", [[0, "Робот"], [0, "Победа", 0]]]],
        ]],
    }  # fmt: skip


def test_every_set_of_readers_has_one_index_and_a_family_none_in_a_file() -> None:
    found = sealed(*ALL)
    assert [(one.readers, one.is_own) for one in found.shelves] == [
        (("child:anna/family",), True), ((ROOM,), False), ((COMMON,), False), ((STAFF,), False),
    ]  # fmt: skip
    assert len(found.assets) == 3
    assert [book[2] for book in opened(found, found.shelves[2].oid, COMMON)["books"]] == [
        "Анна Б.",
        "Илья К.",
    ]


def test_nobody_else_opens_an_index() -> None:
    found = sealed(*ALL)
    for shelf in found.shelves[1:]:
        for compartment in {ROOM, COMMON, STAFF, "child:anna/family"} - {*shelf.readers}:
            with pytest.raises(Refused):
                opened(found, shelf.oid, compartment)


def test_an_index_for_two_is_opened_by_both() -> None:
    found = sealed(seen_by("staff", STAFF, "teacher:orlova"))
    oid = found.shelves[0].oid
    assert opened(found, oid, STAFF) == opened(found, oid, "teacher:orlova")


def test_a_keyring_names_its_own_first_and_leaves_out_what_adds_nobody() -> None:
    found = sealed(*ALL)
    own, mates, whole, duty = found.shelves
    family = find_for(holder("child:anna/family", ROOM, COMMON), found.shelved)
    assert family == {"files": [(whole.oid, 2)], "own": [own.text]}
    assert mates.oid not in str(family)  # the class has nobody but Anna
    assert find_for(holder(ROOM), found.shelved) == {"files": [(mates.oid, 0)], "own": []}
    staff = find_for(holder(STAFF, ROOM, COMMON), found.shelved)
    assert staff == {"files": [(duty.oid, 0), (whole.oid, 2)], "own": []}
    alone = sealed(*ALL[:4])
    assert find_for(holder(STAFF, ROOM, COMMON), alone.shelved)["files"] == [(duty.oid, 0)]


def test_what_is_open_to_everybody_is_in_no_index() -> None:
    everybody = seen_by("public", "public")
    assert spines_of(everybody) == {}
    assert sealed(everybody) == Sealed()


def test_equal_indexes_have_equal_bytes_and_another_title_another_name() -> None:
    before, again = sealed(*ALL), sealed(*ALL)
    assert [file.content for file in before.assets] == [file.content for file in again.assets]
    new = seen_by("level", COMMON, name="Анна Б.")
    after = sealed(OWN, MATES, replace(new, entries=(ROBOT,)), DUTY, OTHER)
    names = [{file.path for file in one.assets} for one in (before, after)]
    assert len(names[0] & names[1]) == 2
    # Words that are not searched change nothing.
    told = replace(MATES, entries=(replace(CAT, reflection="Рисовал неделю"),))
    assert sealed(OWN, told, WHOLE, DUTY, OTHER).assets == before.assets


def test_a_small_index_is_as_long_as_any_small_one_and_looks_like_a_picture() -> None:
    few = sealed(WHOLE)
    more = sealed(*(seen_by("level", COMMON, student=f"s{n}") for n in range(5)))
    small, large = (raw_of(one.assets[0].content) for one in (few, more))
    assert len(small) == len(large) > 4096
    assert len(parse_envelope(small).slots) == 1


def test_works_stand_in_the_order_of_the_page() -> None:
    early, late = entry("e", title="Раньше", year="2024-25"), entry("l", year="2026-27")
    sport = entry("s", title="Заплыв", kind="sport", kind_label=Text("Спорт", "Sport"))
    by_year = edition(early, late)
    by_kind = edition(sport, early, chapters="kind")
    commission = edition(early, late, tier="commission")

    def titles(one: Edition) -> list[str]:
        return [spine.title for spine in spines_of(one)[one.path]]

    assert titles(by_year) == ["Кот Плюш", "Раньше"]
    assert titles(by_kind) == ["Раньше", "Заплыв"]
    assert titles(commission) == ["Раньше", "Кот Плюш"]


def test_a_year_is_that_of_the_last_day_and_an_event_is_named_once() -> None:
    autumn, may = dt.date(2025, 11, 3), dt.date(2026, 5, 3)
    called = Fact("event", Text("Кот Плюш", "Cat"))
    changes: tuple[dict[str, Any], ...] = (
        {"start": autumn, "end": may},
        {"start": autumn, "lasting": True},
        {"start": None, "year": ""},
        {"facts": (called,)},
    )
    each = [edition(entry("x", **one)) for one in changes]
    kind = "Творческие работы"
    assert [spines_of(one)[one.path] for one in each] == [
        (Spine(kind, "Кот Плюш", "2026", ""),),
        (Spine(kind, "Кот Плюш", "2025", ""),),
        (Spine(kind, "Кот Плюш", "", ""),),
        (Spine(kind, "Кот Плюш", "2026", ""),),
    ]
