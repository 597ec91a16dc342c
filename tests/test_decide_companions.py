"""Somebody else is named or pictured in an entry: each decides for themselves who sees that."""

from pathlib import Path

import pytest

from generator.decide import decide
from generator.load import load, read_vocabularies
from generator.model.edition import Edition
from generator.model.entry import SHOWS_NOBODY
from generator.model.shown import ShownEntry
from tests.world import SCHEMA, TODAY, world

FOLDER = "students/belova-anna/entries/pohod-x7k2"
MASK = "{left: 10, top: 10, width: 20, height: 30, reason: друг}"
Files = dict[str, str | bytes | None]


def gleb(consent: str, left: str = "") -> Files:
    """A classmate: what his own consent says, and the day he left."""
    by = "given_by: {name: Соколов Пётр Ильич, relation: father}"
    term = "signed: 2026-09-01, until: 2027-08-31, document: папка"
    row = f"  - {{id: one, purpose: processing, {by}, {term}, {consent}}}\n" if consent else ""
    return {
        "records/sokolov-gleb/student.yml": f"""\
            name: {{surname: Соколов, given: Глеб}}
            born: 2016-05-01
            {left}
            """,
        "records/sokolov-gleb/consent.yml": f"consents:\n{row}" if row else "consents: []\n",
        "school/classes/2026-27.yml": """\
            year: 2026-27
            classes:
              - {id: 4a, title: 4 «А», grade: 4, teacher: orlova,
                 students: [belova-anna, sokolov-gleb]}
            """,
    }


def anna(*people: str, mask: str = "") -> Files:
    named = "".join(f"  - {{{one}}}\n" for one in people)
    return {
        f"{FOLDER}/entry.yml": "id: x7k2\nkind: creative\nform: drawing\ntitle: Поход с Глебом\n"
        "date: 2026-10-14\nreflection: Глеб нёс котёл\nvisibility: school\n"
        f"scans: [{{file: foto.jpg, description: у костра, document: photo{mask}}}]\n"
        f"people:\n{named}",
        f"{FOLDER}/foto.jpg": b"foto",
    }


def made(root: Path, *parts: Files) -> dict[str, Edition]:
    """Anna's editions."""
    files = {name: text for part in parts for name, text in part.items()}
    loaded = load(world(root, files), SCHEMA)
    assert loaded.diagnostics == ()
    assert loaded.school
    found = decide(loaded.school, "primary", TODAY).editions
    return {e.tier: e for e in found if e.student == "belova-anna"}


def seen(editions: dict[str, Edition]) -> dict[str, str]:
    """What each audience sees of the walk: nothing, its words, or all of it."""

    def of(tier: str) -> str:
        entries: tuple[ShownEntry, ...] = editions[tier].entries if tier in editions else ()
        return ("all" if entries[0].scans else "words") if entries else "nothing"

    return {tier: of(tier) for tier in ("family", "teacher", "class", "level")}


def everybody(inside: str, outside: str, beyond: str) -> dict[str, str]:
    return {"family": inside, "teacher": inside, "class": outside, "level": beyond}


NAMED, PICTURED, BOTH = (
    f"student: sokolov-gleb, how: {how}" for how in ("named", "pictured", "both")
)
ALL = "audience: school, covers: [surname, photos]"


@pytest.mark.covers("R-131", "R-143")
@pytest.mark.parametrize(
    ("consent", "person", "outside", "beyond"),
    [
        (ALL, BOTH, "all", "all"),
        ("audience: class, covers: [surname, photos]", BOTH, "all", "nothing"),
        ("audience: class, covers: [surname, photos]", PICTURED, "all", "words"),
        ("audience: school, covers: [surname]", NAMED, "all", "all"),
        ("audience: school, covers: [surname]", PICTURED, "words", "words"),
        ("audience: school, covers: [surname]", BOTH, "words", "words"),
        ("audience: school, covers: [photos]", NAMED, "nothing", "nothing"),
        ("audience: school, covers: [photos]", BOTH, "nothing", "nothing"),
        ("audience: school, covers: [works, words]", PICTURED, "words", "words"),
        ("audience: family", NAMED, "nothing", "nothing"),
        (f"{ALL}, withdrawn: 2026-11-22", PICTURED, "words", "words"),
        (f"{ALL}, withdrawn: 2026-11-23", PICTURED, "all", "all"),
        ("", NAMED, "nothing", "nothing"),
        ("", PICTURED, "words", "words"),
    ],
)
def test_a_classmate_is_shown_as_far_as_their_own_consent_goes(
    consent: str, person: str, outside: str, beyond: str, tmp_path: Path
) -> None:
    found = made(tmp_path, gleb(consent), anna(person))
    assert seen(found) == everybody("all", outside, beyond)


def test_whoever_left_or_is_not_known_holds_back_as_nobody_has_consented(tmp_path: Path) -> None:
    gone = made(tmp_path / "gone", gleb(ALL, "left: 2026-11-01"), anna(BOTH))
    unknown = made(tmp_path / "unknown", gleb(ALL), anna("student: sokolov-glb, how: both"))
    nobody = made(tmp_path / "nobody", gleb(ALL), anna("how: pictured"))
    assert seen(gone) == seen(unknown) == everybody("all", "nothing", "nothing")
    assert seen(nobody) == everybody("all", "words", "words")


@pytest.mark.covers("R-131")
def test_of_somebody_from_outside_a_paper_has_to_be_there(tmp_path: Path) -> None:
    coach = "name: тренер Лев Ильич, how: pictured"
    without = made(tmp_path / "without", gleb(ALL), anna(coach))
    with_it = made(tmp_path / "with", gleb(ALL), anna(f"{coach}, consent: папка 2"))
    assert seen(without) == everybody("all", "words", "words")
    assert seen(with_it) == everybody("all", "all", "all")


@pytest.mark.covers("R-131", "R-023")
def test_under_a_mask_nobody_is_pictured_and_a_mask_has_to_be_there(tmp_path: Path) -> None:
    masked = anna(f"{PICTURED}, masked: true", mask=f", mask: [{MASK}]")
    found = made(tmp_path / "there", gleb(""), masked)
    assert seen(found) == everybody("all", "all", "all")
    scans = [edition.entries[0].scans[0] for edition in found.values()]
    assert len({scan.key for scan in scans}) == 1  # masked for all, the family too
    assert all(scan.masks and scan.key != scan.digest for scan in scans)
    assert scans[0].covered == "друг"

    only_said = made(tmp_path / "said", gleb(""), anna(f"{PICTURED}, masked: true"))
    named = anna(f"{BOTH}, masked: true", mask=f", mask: [{MASK}]")
    assert seen(only_said) == everybody("all", "words", "words")
    assert seen(made(tmp_path / "named", gleb(""), named)) == everybody("all", "nothing", "nothing")


@pytest.mark.covers("R-131", "R-143")
def test_a_mask_covers_on_its_own_scan_and_on_no_other(tmp_path: Path) -> None:
    kinds = ("work", "drawing", "honour", "photo", "presentation", "publication", "other", "kollaj")
    more = "".join(f", {{file: {kind}.jpg, description: скан, document: {kind}}}" for kind in kinds)
    own = anna(f"{PICTURED}, masked: true", mask=f", mask: [{MASK}]}}{more}, {{file: plain.jpg")
    there: Files = {f"{FOLDER}/{kind}.jpg": kind.encode() for kind in (*kinds, "plain")}
    words: Files = {
        "school/vocabulary/documents.yml": "terms: [{code: kollaj, ru: коллаж, en: collage, "
        "source: протокол № 3}]\n"
    }
    found = made(tmp_path, gleb(""), own, there, words)

    def files(tier: str) -> set[str]:
        return {Path(scan.path).stem for scan in found[tier].entries[0].scans}

    assert files("family") == files("teacher") == {"foto", "plain", *kinds}
    assert files("class") == {"foto", "work", "drawing", "honour"}
    assert found["family"].entries[0].unpictured == ("Глеб С.",)


def test_every_kind_of_document_that_shows_nobody_is_in_the_list() -> None:
    known = {term.code for term in read_vocabularies(SCHEMA / "vocabulary")["documents"].terms}
    assert known - SHOWS_NOBODY == {"photo", "presentation", "publication", "other"}
    assert known > SHOWS_NOBODY


def test_one_of_several_is_enough_to_hold_back(tmp_path: Path) -> None:
    found = made(tmp_path, gleb(ALL), anna(BOTH, "name: бабушка, how: named"))
    assert seen(found) == everybody("all", "nothing", "nothing")


def test_oneself_is_nobody_else(tmp_path: Path) -> None:
    found = made(tmp_path, gleb(""), anna("student: belova-anna, how: both"))
    assert seen(found) == everybody("all", "all", "all")


@pytest.mark.covers("R-131")
def test_the_family_is_told_who_holds_it_back_and_others_are_not(tmp_path: Path) -> None:
    family_only = made(tmp_path / "a", gleb(""), anna(BOTH))["family"].entries[0]
    assert (family_only.held, family_only.unpictured) == (("Глеб С.",), ("Глеб С.",))
    assert family_only.seen_by == ("teacher",)
    in_class = made(tmp_path / "b", gleb("audience: school, covers: [surname]"), anna(BOTH))
    assert in_class["family"].entries[0].unpictured == ("Глеб С.",)
    assert in_class["family"].entries[0].seen_by == ("teacher", "class", "level")
    assert (in_class["class"].entries[0].held, in_class["class"].entries[0].unpictured) == ((), ())


def test_what_nobody_wanted_to_show_is_held_back_by_nobody(tmp_path: Path) -> None:
    own: Files = {
        name: text.replace("school", "family") if isinstance(text, str) else text
        for name, text in anna(BOTH).items()
    }
    entry = made(tmp_path, gleb(""), anna(BOTH), own)["family"].entries[0]
    assert (entry.held, entry.unpictured) == ((), ())


GROUP = """\
    collectives:
      - id: khor
        title: Хор
        form: choir
        achievements:
          - id: a1b2
            title: Концерт
            date: 2026-10-14
            members: [{student: belova-anna, role: солистка}, {student: sokolov-gleb, role: басист}]
            scans: [{file: foto.jpg, description: хор на сцене, document: DOCUMENT MASK}]
            PEOPLE
            entered_by: orlova
            entered_on: 2026-10-20
            basis: афиша
    """


def choir(document: str, mask: str = "", people: str = "people: []") -> Files:
    text = GROUP.replace("DOCUMENT", document).replace("MASK", mask).replace("PEOPLE", people)
    return {
        "school/collectives.yml": text,
        "school/collectives/a1b2/foto.jpg": b"foto",
        "students/belova-anna/portfolio.yml": "shared: [{achievement: a1b2, visibility: school}]\n",
    }


@pytest.mark.covers("R-021", "R-143")
def test_whoever_took_part_is_taken_to_be_in_the_photographs(tmp_path: Path) -> None:
    photos = "audience: class, covers: [photos]"
    said = "people: [{student: sokolov-gleb, how: pictured, masked: true}]"
    masked = choir("photo", f", mask: [{MASK}]", said)
    assert seen(made(tmp_path / "a", gleb(photos), choir("photo"))) == everybody(
        "all", "all", "words"
    )
    assert seen(made(tmp_path / "b", gleb(""), choir("photo"))) == everybody(
        "all", "words", "words"
    )
    assert seen(made(tmp_path / "c", gleb(""), choir("work"))) == everybody("all", "all", "all")
    assert seen(made(tmp_path / "d", gleb(""), masked)) == everybody("all", "all", "all")
