"""What is searched. Does an index hold what its readers see, and is it theirs alone?"""

import base64
import datetime as dt
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostic import Text
from generator.model.edition import Decision, Edition, Holder, Share
from generator.model.shown import Fact
from generator.model.site import Page, Picture, Shell, Spine, Spines
from generator.pages.spines import find_spines
from generator.seal import Sealed, seal, seal_rings, seal_shelves
from generator.seal.cipher import Refused, digest
from generator.seal.codes import to_text
from generator.seal.envelope import parse_envelope
from generator.seal.keys import Keys
from generator.seal.shelves import find_for, shelve
from tests.opener import Book, open_body, read_index, unb64
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


def unsealed(found: Sealed[Any], reference: str) -> bytes:
    """An index, opened as the browser does."""
    oid, _, key = reference.partition("#")
    raw = next(raw_of(file.content) for file in found.assets if file.path == f"a/{oid}.js")
    return open_body(raw, unb64(key), KEYS.context("asset", oid))


def opened(found: Sealed[Any], reference: str) -> tuple[Book, ...]:
    """What it tells."""
    return read_index(unsealed(found, reference))


def raw_of(content: bytes) -> bytes:
    return base64.b64decode(content.split(b'"')[3])


def test_an_index_holds_names_titles_kinds_years_and_events_of_its_editions() -> None:
    won = entry("c", title="Победа", facts=(Fact("event", Text("Шаги в науку", "Steps")),))
    one = seen_by("level", COMMON)
    found = sealed(replace(one, entries=(won, ROBOT)))
    assert opened(found, found.shelves[0].reference) == (
        (
            KEYS.oid("page", "student/anna/level"),
            KEYS.oid("student", "anna")[:8],
            "Анна Белова",
            "4 «А»",
            (
                Spine("Творческие работы", "Робот", "2026", ""),
                Spine("Творческие работы", "Победа", "2026", "Шаги в науку"),
            ),
        ),
    )


def test_an_index_lies_as_the_format_says() -> None:
    one = seen_by("level", COMMON)
    found = sealed(replace(one, entries=(entry("c", title="Котлета"), CAT, ROBOT)), OTHER)
    index = json.loads(gzip.decompress(unsealed(found, found.shelves[0].reference)))
    editions = (("anna", "Анна Белова"), ("ilya", "Илья К."))
    assert index == {
        "pages": [KEYS.oid("page", f"student/{student}/level") for student, _ in editions],
        "tags": [KEYS.oid("student", student)[:8] for student, _ in editions],
        "names": [name for _, name in editions],
        "classes": ["4 «А»", "4 «А»"],
        "works": "31",
        "years": [["2026"], "0000"],
        "same": "0830",
        "rest": ["Кот Плюш", "", "лета", "Робот"],
        "step": "0110",
        "place": "2010",
        "kinds": [["Творческие работы"], "0000"],
        "events": [[""], "0000"],
    }


titles = st.text("Котлета 🐈", max_size=6)
shown = st.lists(st.builds(Spine, titles, titles, titles, titles), max_size=6).map(tuple)


@given(st.lists(shown, min_size=1, max_size=4))
def test_whatever_is_put_into_an_index_is_read_from_it(works: list[tuple[Spine, ...]]) -> None:
    students = [f"s{number}" for number in range(len(works))]
    editions = [seen_by("level", COMMON, student=student) for student in students]
    spines = dict(zip((one.path for one in editions), works, strict=True))
    (index,) = shelve(editions, spines, KEYS)
    assert [book.works for book in read_index(gzip.compress(index.text))] == works


def test_every_set_of_readers_has_one_index() -> None:
    found = sealed(*ALL)
    sets = [("child:anna/family",), (ROOM,), (COMMON,), (STAFF,)]
    assert [one.readers for one in found.shelves] == sets
    assert len(found.assets) == 4
    assert [book.name for book in opened(found, found.shelves[2].reference)] == [
        "Анна Б.",
        "Илья К.",
    ]


def test_no_other_key_opens_an_index() -> None:
    found = sealed(*ALL)
    held = [to_text(KEYS.compartment(name)) for name in (COMMON, ROOM, STAFF, "child:anna/family")]
    held += [shelf.reference.partition("#")[2] for shelf in found.shelves]
    for shelf in found.shelves:
        oid, _, mine = shelf.reference.partition("#")
        for key in {*held} - {mine}:
            with pytest.raises(Refused):
                opened(found, f"{oid}#{key}")


def test_when_a_key_is_raised_its_indexes_have_other_names_and_keys() -> None:
    before = sealed(*ALL)
    raised = Keys(KEYS.master, KEYS.site, KEYS.level, {COMMON: 2})
    after = seal_shelves(ALL, spines_of(*ALL), raised)
    pairs = zip(before.shelves, after.shelves, strict=True)
    for one, other in pairs:
        oids, keys = zip(one.reference.split("#"), other.reference.split("#"), strict=True)
        assert (len({*oids}) == len({*keys}) == 2) is (one.readers == (COMMON,))


def test_a_keyring_names_the_fullest_first_and_leaves_out_what_adds_nobody() -> None:
    found = sealed(*ALL)
    own, mates, whole, duty = (shelf.reference for shelf in found.shelves)
    family = find_for(holder("child:anna/family", ROOM, COMMON), found.shelved)
    assert family == [own, whole]  # the class has nobody but Anna
    assert find_for(holder(ROOM), found.shelved) == [mates]
    assert find_for(holder(STAFF, ROOM, COMMON), found.shelved) == [duty, whole]
    alone = sealed(*ALL[:4])
    assert find_for(holder(STAFF, ROOM, COMMON), alone.shelved) == [duty]


def test_what_a_family_writes_for_itself_changes_no_keyrings_length() -> None:
    secret = [entry(f"e{n}", title=digest(str(n).encode()).hex()) for n in range(150)]
    lengths, counts = set(), set()
    for own in (OWN, replace(OWN, entries=tuple(secret))):
        found = sealed(own, *ALL[1:])
        mine = holder("child:anna/family", ROOM, COMMON)
        decision = Decision("primary", KEYS.site, "", "ru", "", (), (), (mine, holder(STAFF)), ())
        rings = (one for one in seal_rings(decision, found, KEYS, 1) if one.path.startswith("k/"))
        lengths |= {len(ring.content) for ring in rings}
        counts.add(len(found.assets))
    assert len(lengths) == len(counts) == 1


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
    assert len(names[0] & names[1]) == 3
    # Words that are not searched change nothing.
    told = replace(MATES, entries=(replace(CAT, reflection="Рисовал неделю"),))
    assert sealed(OWN, told, WHOLE, DUTY, OTHER).assets == before.assets


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_an_index_looks_like_a_picture_however_many_read_it(tmp_path: Path, count: int) -> None:
    (tmp_path / "one.webp").write_bytes(b"picture")
    picture = Picture(str(tmp_path / "one.webp"), 10, 10, "ab" * 32)
    page = Page("anna", "", ("a",), ((f"anna/{picture.digest}", picture),))
    known = raw_of(seal((page,), KEYS, Shell(())).assets[0].content)
    readers = (f"teacher:{n}" for n in range(count))
    raw = raw_of(sealed(seen_by("staff", *readers)).assets[0].content)
    envelopes = parse_envelope(raw), parse_envelope(known)
    assert [(one.flags, len(one.slots)) for one in envelopes] == [(0, 1), (0, 1)]
    assert len(raw) == len(known)


def test_a_small_index_is_as_long_as_any_small_one() -> None:
    few = sealed(WHOLE)
    more = sealed(*(seen_by("level", COMMON, student=f"s{n}") for n in range(20)))
    small, large = (len(raw_of(one.assets[0].content)) for one in (few, more))
    assert small == large > 8192


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
