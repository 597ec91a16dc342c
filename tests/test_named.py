"""Another student's name in the words goes nowhere without consent. Check, decide, the sweep."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from generator.check import check
from generator.decide import decide
from generator.load import load
from generator.model.edition import Edition
from generator.model.kinds import digest_entry
from generator.model.names import Names
from generator.model.policy import Visibility
from generator.model.school import School
from generator.model.shown import Tier
from generator.pages import compose, compose_locked
from generator.publish import sweep
from generator.seal import seal
from tests.golden import found_in
from tests.sample import build_school
from tests.test_decide_companions import Files, gleb
from tests.test_open import KEYS
from tests.test_pages import SHELLS, THEME
from tests.world import BASE, SCHEMA, TODAY, world

ENTRY = "students/belova-anna/entries/pohod-x7k2/entry.yml"
PORTFOLIO = "students/belova-anna/portfolio.yml"
NAMED = "people: [{student: sokolov-gleb, how: named}]"
OUTSIDE: dict[Tier, Visibility] = {"class": "class", "level": "school", "public": "public"}
OPEN = dedent(BASE["school/school.yml"]) + "switches: {open_information: true}\n"


def consents(whose: str, *rungs: str, covers: str = "surname, works, words, reviews") -> str:
    """One consent for each rung: `public` is one for distribution."""
    rows = (
        f"  - {{id: c{rung}, purpose: {'distribution' if rung == 'public' else 'processing'}, "
        f"audience: {rung}, covers: [{covers}], given_by: {{name: {whose}, relation: mother}}, "
        f"signed: 2026-09-01, until: 2027-08-31, document: папка}}\n"
        for rung in rungs
    )
    return "consents:\n" + "".join(rows)


def walk(visibility: str, *more: str, title: str = "Поход с Глебом Соколовым") -> Files:
    lines = ("id: x7k2", "kind: creative", "form: drawing", f"title: {title}", "date: 2026-10-14")
    return {ENTRY: "\n".join((*lines, f"visibility: {visibility}", *more, ""))}


def read(root: Path, *parts: Files) -> School:
    """A school that shows to everybody, with Anna, who may be shown to all, and Gleb."""
    files: Files = {
        "school/school.yml": OPEN,
        "records/belova-anna/consent.yml": consents("Белова Ольга", "school", "public"),
    }
    for part in parts:
        files |= part
    loaded = load(world(root, files), SCHEMA)
    assert loaded.diagnostics == ()
    assert loaded.school
    return loaded.school


def confirmed(root: Path, *parts: Files) -> School:
    """The same; a teacher has confirmed Anna's entry as it stands."""
    school = read(root, *parts)
    anna = next(one for one in school.students if one.id == "belova-anna")
    digest = digest_entry(anna.entries[0], {})
    word = f"{{entry: x7k2, by: orlova, on: 2026-10-20, basis: рисунок, digest: {digest}}}"
    files: Files = {"records/belova-anna/confirmations.yml": f"confirmations: [{word}]\n"}
    return read(root, *parts, files)


def editions(school: School) -> dict[Tier, Edition]:
    found = decide(school, "primary", TODAY).editions
    return {one.tier: one for one in found if one.student == "belova-anna"}


def held(school: School) -> set[Visibility]:
    """Rungs whose audience does not see Anna's entry."""
    made = editions(school)
    return {r for tier, r in OUTSIDE.items() if tier not in made or not made[tier].entries}


@pytest.mark.covers("R-131", "R-143", "R-144")
@pytest.mark.parametrize("people", ["people: []", NAMED, NAMED.replace("named", "pictured")])
@pytest.mark.parametrize("allowed", [(), ("class",), ("school",), ("school", "public")])
def test_check_and_decide_agree_whom_a_name_is_kept_from(
    allowed: tuple[str, ...], people: str, tmp_path: Path
) -> None:
    his: Files = {"records/sokolov-gleb/consent.yml": consents("Соколов Пётр", *allowed)}
    school = confirmed(tmp_path, gleb(""), his, walk("public", people))
    reach = {rung for rung in ("class", "school", "public") if allowed}
    reach -= {"school", "public"} if allowed == ("class",) else set()
    reach -= set() if "public" in allowed else {"public"}
    kept = {"class", "school", "public"} - (reach if people == NAMED else set())

    found = {one.code: one for one in check(school, TODAY)}

    assert held(school) == kept
    named = "classmate-named" in found
    assert named == (people != NAMED)
    assert named or ("companion-without-consent" in found) == bool(kept)
    assert not named or found["classmate-named"].is_error
    told = editions(school)["family"].entries[0]
    assert told.held == (("Глеб С.",) if kept else ())
    assert all(not one.entries[0].held for tier, one in editions(school).items() if tier in OUTSIDE)


@pytest.mark.covers("R-131")
def test_a_name_in_words_that_an_audience_does_not_read_keeps_nothing_from_it(
    tmp_path: Path,
) -> None:
    said = "reflection: Глеб Соколов нёс котёл"
    silent: Files = {
        "records/belova-anna/consent.yml": consents("Белова Ольга", "school", covers="works")
    }
    open_to_all = confirmed(tmp_path / "all", gleb(""), walk("public", said, title="Поход"))
    quiet = confirmed(tmp_path / "quiet", gleb(""), walk("public", said, title="Поход"), silent)

    assert held(open_to_all) == {"class", "school"}  # everybody reads no reflection at all
    assert held(quiet) == {"public"}  # no consent goes so far
    assert "classmate-named" not in {one.code for one in check(quiet, TODAY)}


@pytest.mark.parametrize(
    "around",
    [
        {
            "school/events.yml": "events: [{id: cup, title: Кубок Глеба Соколова, "
            "date: 2026-10-14, stage: school, form: olympiad}]\n"
        },
        {
            "school/events.yml": "events: [{id: cup, title: Кубок, organiser: Глеб Соколов, "
            "date: 2026-10-14, stage: school, form: olympiad}]\n"
        },
    ],
)
def test_a_name_in_the_event_of_an_entry_keeps_the_entry_back(
    around: Files, tmp_path: Path
) -> None:
    school = read(tmp_path, gleb(""), around, walk("school", "event: cup", title="Поход"))
    assert {"class", "school"} <= held(school)
    assert [one.code for one in check(school, TODAY) if one.is_error] == ["classmate-named"]


GROUP = """\
    collectives:
      - id: khor
        title: COLLECTIVE
        form: choir
        achievements:
          - id: a1b2
            title: TITLE
            date: 2026-10-14
            members: [{student: belova-anna, role: солистка}, {student: sokolov-gleb, role: бас}]
            entered_by: orlova
            entered_on: 2026-10-20
            basis: афиша
    """


@pytest.mark.covers("R-021", "R-131")
@pytest.mark.parametrize(
    ("collective", "title", "words", "members_may"),
    [
        ("Хор", "Концерт Глеба Соколова", "Пели", True),
        ("Хор Глеба Соколова", "Концерт", "Пели", True),
        ("Хор", "Концерт", "Глеб Соколов пел громче всех", True),
        ("Хор", "Концерт", "Пели", False),
    ],
)
def test_a_member_who_has_consented_may_be_named_and_another_may_not(
    collective: str, title: str, words: str, members_may: bool, tmp_path: Path
) -> None:
    text = GROUP.replace("COLLECTIVE", collective).replace("TITLE", title)
    ours: Files = {
        "school/collectives.yml": text,
        PORTFOLIO: f"shared: [{{achievement: a1b2, visibility: school, reflection: {words}}}]\n",
    }
    without = read(tmp_path / "without", gleb(""), ours)
    his: Files = {"records/sokolov-gleb/consent.yml": consents("Соколов Пётр", "school")}
    with_it = read(tmp_path / "with", gleb(""), ours, his)

    named = members_may
    assert held(without) >= ({"class", "school"} if named else set())
    assert ("classmate-named" in {one.code for one in check(without, TODAY)}) == named
    assert held(with_it) == {"public"}


OWN = """\
about: {motto: MINE, text: MINE, visibility: public}
interests: [{year: 2026-27, words: [MINE], visibility: public}]
goals: [{id: one, year: 2026-27, statement: MINE, visibility: public}]
reflections: [{year: 2025-26, essay: MINE, visibility: public}]
self_assessments: [{year: 2026-27, about: MINE, visibility: public}]
"""
SAID = (
    "reviews: [{id: one, kind: thanks, author: тренер, on: 2026-10-14, text: MINE, "
    "visibility: public}]\n"
)


def spoken(edition: Edition | None) -> int:
    """How many things there are beside entries."""
    if edition is None:
        return 0
    many = (edition.goals, edition.years, edition.selves, edition.interests, edition.reviews)
    return sum(map(len, many)) + bool(edition.motto) + bool(edition.about)


@pytest.mark.covers("R-131", "R-143", "R-144")
def test_words_that_name_another_student_stay_with_the_family(tmp_path: Path) -> None:
    def made(root: Path, words: str) -> list[int]:
        files = {PORTFOLIO: OWN, "records/belova-anna/reviews.yml": SAID}
        told = {name: text.replace("MINE", words) for name, text in files.items()}
        # That he would let himself be named is no help: nothing here says that he is.
        his: Files = {"records/sokolov-gleb/consent.yml": consents("Соколов Пётр", "school")}
        found = editions(read(root, gleb(""), his, {**told}))
        return [spoken(found.get(tier)) for tier in ("family", "teacher", "class", "public")]

    assert made(tmp_path / "none", "мой друг") == [7, 7, 7, 1]
    assert made(tmp_path / "named", "мой друг Глеб Соколов") == [7, 7, 0, 0]


def test_an_announced_event_with_a_name_is_not_on_the_page_about_portfolios(tmp_path: Path) -> None:
    row = "{id: ID, title: TITLE, date: 2026-10-14, stage: school, form: olympiad, announced_by: o}"
    rows = (row.replace("ID", f"e{n}").replace("TITLE", title).replace(": o}", ": orlova}")
            for n, title in enumerate(("Кубок Глеба Соколова", "Кубок школы")))  # fmt: skip
    school = read(tmp_path, gleb(""), {"school/events.yml": f"events: [{', '.join(rows)}]\n"})
    about = decide(school, "primary", TODAY).about
    assert about
    assert [one.title for one in about.announced] == ["Кубок школы"]


# ---- nothing goes to everybody before a teacher has looked at it ----


@pytest.mark.covers("R-070", "R-075", "R-144")
@pytest.mark.parametrize("switch", ["show", "hold"])
def test_everybody_sees_an_entry_only_as_a_teacher_has_confirmed_it(
    switch: str, tmp_path: Path
) -> None:
    settings: Files = {"school/school.yml": OPEN.replace("true}", f"true, unconfirmed: {switch}}}")}
    walked, scan = walk("public", title="Поход"), {ENTRY.replace("entry.yml", "a.jpg"): b"a"}
    shown = "scans: [{file: a.jpg, description: лес, document: drawing}]"
    never = read(tmp_path / "never", settings, {**scan}, walk("public", shown, title="Поход"))
    looked = confirmed(tmp_path / "looked", settings, walked)
    changed = confirmed(tmp_path / "changed", settings, walked)
    (entry,) = changed.students[0].entries
    after = entry.model_copy(update={"title": "Поход к Глебу домой"})
    after._file = entry.file
    changed = changed.model_copy(
        update={"students": (changed.students[0].model_copy(update={"entries": (after,)}),)}
    )

    assert held(looked) == set()
    assert held(never) == {"public"}
    assert "public" in held(changed)
    assert "public-unconfirmed" in {one.code for one in check(never, TODAY)}
    assert "public-unconfirmed" in {one.code for one in check(changed, TODAY)}
    assert "public-unconfirmed" not in {one.code for one in check(looked, TODAY)}
    for school, waits in ((never, True), (looked, False)):
        assert editions(school)["family"].entries[0].waits_for_all == waits
        assert not editions(school)["class"].entries[0].waits_for_all
        (seen,) = (one for one in decide(school, "primary", TODAY).seen if one.tier == "family")
        (thing,) = (one for one in seen.things if one.part == "entries")
        assert thing.waits_for_all == waits
        assert any(one.compartment == "public" for one in thing.sights) != waits


@pytest.mark.covers("R-144")
def test_no_confirmation_speaks_for_what_a_child_thinks_so_everybody_does_not_read_it(
    tmp_path: Path,
) -> None:
    said = "reflection: Было холодно", "why_it_matters: Это первый поход"
    made = editions(confirmed(tmp_path, walk("public", *said, title="Поход")))
    assert made["level"].entries[0].reflection == "Было холодно"
    assert made["level"].entries[0].why_it_matters == "Это первый поход"
    assert made["public"].entries[0].title == "Поход"
    assert made["public"].entries[0].reflection == made["public"].entries[0].why_it_matters == ""


# ---- the second lock ----


def laid_open(school: School, *changed: Edition) -> tuple[list[str], Names]:
    """Where the sweep finds a name in the open pages, made of these editions."""
    decision = decide(school, "primary", TODAY)
    kept = tuple(one for one in decision.editions if one.tier != "public")
    decision = replace(decision, editions=(*kept, *changed))
    locked = compose_locked(replace(decision, editions=(), homes=(), seen=()), SHELLS, THEME)
    files = seal(compose(decision, {}, SHELLS, THEME), KEYS, locked).open
    names = school.names
    assert files
    return [leak.where for leak in sweep(files, (), (), names).leaks], names


@pytest.mark.covers("R-134", "R-135", "R-144")
@pytest.mark.parametrize(
    "words", ["С Глебом Соколовым", "Соколов Г. и я", "Глеб\u00a0Соколов", "&amp; Глеб Соколов"]
)
def test_a_name_that_slipped_through_into_granted_words_stops_the_release(
    words: str, tmp_path: Path
) -> None:
    school = confirmed(tmp_path, gleb(""), walk("public", title="Поход"))
    page = editions(school)["public"]
    slipped = replace(page, entries=(replace(page.entries[0], title=words),))

    assert laid_open(school, page)[0] == []
    found, _ = laid_open(school, slipped)
    assert set(found) == {"records/sokolov-gleb/student.yml"}
    assert laid_open(school, replace(slipped, people=("sokolov-gleb",)))[0] == []


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school in which Gleb has consented to be named before everybody."""
    root = tmp_path_factory.mktemp("agreed")
    his: Files = {"records/sokolov-gleb/consent.yml": consents("Соколов Пётр", "school", "public")}
    confirmed(root, gleb(""), his, walk("public", NAMED))
    return root


@pytest.mark.covers("R-131", "R-144")
def test_who_has_consented_is_named_before_everybody_and_once_withdrawn_no_more(
    agreed: Path, tmp_path: Path
) -> None:
    def opened(folder: Path) -> str:
        built = build_school(folder, agreed).built
        assert [site.swept.leaks for site in built.sites] == [(), (), ()]
        pages = (folder / "site" / "primary" / "o").glob("*.html")
        return "".join(page.read_text("utf-8") for page in pages).replace("\u00a0", " ")

    before = opened(tmp_path / "before")
    assert "Поход с Глебом Соколовым" in before
    assert "sokolov-gleb" not in before

    # The one for everybody only: who withdraws the other has no card, and keys must be raised.
    record = agreed / "records/sokolov-gleb/consent.yml"
    text, everybody = record.read_text("utf-8"), "id: cpublic,"
    assert everybody in text
    record.write_text(text.replace(everybody, f"{everybody} withdrawn: 2026-11-01,"), "utf-8")
    assert "Соколов" not in opened(tmp_path / "after")

    entry = agreed / ENTRY
    entry.write_text(entry.read_text("utf-8").replace(NAMED, ""), "utf-8")
    errors = [one.code for one in found_in(agreed, checked=True) if one.is_error]
    assert errors == ["classmate-named"]  # so that no build begins
