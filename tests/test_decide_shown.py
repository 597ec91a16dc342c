"""What a portfolio holds beside its entries' facts: whom does it reach, and in which words?"""

import datetime as dt
from pathlib import Path
from textwrap import dedent

import pytest

from generator.decide import decide
from generator.decide.granted import grant
from generator.diagnostic import Text
from generator.load import load
from generator.model.edition import Decision, Edition
from generator.model.kinds import digest_entry
from generator.model.school import School
from generator.model.shown import Fact, ShownEntry
from generator.model.state import digests_of
from generator.trouble import Trouble
from tests.world import BASE, SCHEMA, TODAY, world

Files = dict[str, str | bytes | None]
PORTFOLIO = "students/belova-anna/portfolio.yml"
REVIEWS = "records/belova-anna/reviews.yml"
CONSENT = "records/belova-anna/consent.yml"
CONFIRMATIONS = "records/belova-anna/confirmations.yml"
SCHOOL = "school/school.yml"
DRAWING = "kind: creative\ntitle: {title}\nform: drawing\ndate: 2026-10-01\n"


def read(root: Path, files: Files) -> School:
    """The school on disk, without a mistake."""
    loaded = load(world(root, files), SCHEMA)
    assert loaded.diagnostics == ()
    assert loaded.school
    return loaded.school


def made(root: Path, files: Files) -> Decision:
    return decide(read(root, files), "primary", TODAY)


def editions(root: Path, files: Files) -> dict[str, Edition]:
    return {edition.tier: edition for edition in made(root, files).editions}


def entry(name: str, text: str = "", **changes: str) -> Files:
    """The file of an entry `name`: a drawing called as itself, unless `text` says otherwise."""
    lines = dedent(text) or DRAWING.format(title=name)
    more = "".join(f"{key}: {value}\n" for key, value in changes.items())
    file = f"students/belova-anna/entries/{name}/entry.yml"
    return {file: f"id: {name}\n{lines}{more}"}


def switches(words: str) -> Files:
    return {SCHOOL: dedent(BASE[SCHOOL]) + f"switches: {{{words}}}\n"}


def facts(shown: ShownEntry) -> dict[str, str]:
    return {fact.field: fact.words.ru.replace("\N{NO-BREAK SPACE}", " ") for fact in shown.facts}


# ---- entries that belong together ----

SERIES = """\
    kind: series
    title: Коты
    area: рисунок
    works: [first, second, third]
    change: Линия стала смелее.
    visibility: class
    """


@pytest.mark.covers("R-022")
def test_a_series_names_its_works_in_order_and_only_those_this_audience_sees(
    tmp_path: Path,
) -> None:
    files = entry("coty", SERIES) | entry("first", visibility="class") | entry("second")
    found = editions(tmp_path, files | entry("third", visibility="class"))

    family = next(one for one in found["family"].entries if one.id == "coty")
    shared = next(one for one in found["class"].entries if one.id == "coty")
    assert family.links == ("first", "second", "third")
    assert shared.links == ("first", "third")
    assert family.said == (Fact("change", Text("Линия стала смелее.", "Линия стала смелее.")),)
    assert family.kind_label == Text("Было и стало", "Then and now")


@pytest.mark.covers("R-073")
def test_orders_lists_and_periods_are_said_in_words(tmp_path: Path) -> None:
    files = entry(
        "sign",
        """\
        kind: gto
        title: Знак
        scheme: gto18
        step: 3
        sign: silver
        order: {number: 5-у, date: 2026-03-14}
        period: {start: 2026-02-01}
        event: cross
        original: папка 3
        """,
    )
    files["school/events.yml"] = """\
        events:
          - {id: cross, title: «Золотая  тропа», date: 2026-09-19, stage: school, form: sport}
        lists:
          - {year: 2026-27, order: {number: "390", date: 2026-09-01}, titles: [«золотая тропа»]}
        """
    shown = editions(tmp_path, files)["family"].entries[0]

    assert facts(shown) == {
        "event": "«Золотая  тропа»",
        "official-list": "приказ № 390 от 1 сентября 2026 г., 2026/27",
        "stage": "школьный",
        "scheme": "18 ступеней",
        "step": "3",
        "sign": "серебряный знак",
        "order": "приказ № 5-у от 14 марта 2026 г.",
        "original": "папка 3",
    }
    assert (shown.start, shown.end, shown.lasting) == (dt.date(2026, 2, 1), None, True)


@pytest.mark.covers("R-122", "R-150")
def test_the_will_of_the_family_and_the_shelf_stay_with_family_and_staff(tmp_path: Path) -> None:
    external = """\
        kind: external
        title: Курс
        organisation: Онлайн-школа
        date: 2026-10-01
        application: {form: written, date: 2026-09-02, by: parent}
        original: папка 3
        visibility: school
        """
    credited = """\
        recognitions:
          - {entry: kurs, state: requested}
          - {entry: kurs, state: credited, decision: {number: "3", date: 2026-10-20}}
        """
    found = editions(tmp_path, entry("kurs", external) | {CONFIRMATIONS: credited})

    assert facts(found["staff"].entries[0]) == {
        "organisation": "Онлайн-школа",
        "application": "письменно, родители, 2 сентября 2026 г.",
        "recognition": "зачтено, решение № 3 от 20 октября 2026 г.",
        "original": "папка 3",
    }
    for tier in ("class", "level"):
        assert facts(found[tier].entries[0]) == {"organisation": "Онлайн-школа"}


@pytest.mark.covers("R-021")
def test_a_group_work_shows_the_collective_and_the_role_of_this_member(tmp_path: Path) -> None:
    files: Files = {
        "school/collectives.yml": """\
            collectives:
              - id: lad
                title: Лад
                form: ensemble
                leader: Соловьёва А. М.
                achievements:
                  - id: g1
                    title: Майский ветер
                    date: 2026-05-22
                    result: laureate
                    members:
                      - {student: belova-anna, role: солистка}
                      - {student: drugoy-ivan, role: чужая роль}
                    entered_by: orlova
                    entered_on: 2026-09-02
                    basis: протокол
            """,
        PORTFOLIO: "shared: [{achievement: g1, visibility: class}]\n",
    }
    found = editions(tmp_path, files)

    assert facts(found["class"].entries[0]) == {
        "collective": "Лад",
        "form": "ансамбль",
        "result": "лауреат",
        "role": "солистка",
        "leader": "Соловьёва А. М.",
        "authorship": "в группе",
    }
    assert "чужая роль" not in repr(found)
    assert "level" not in found


# ---- trust ----


@pytest.mark.covers("R-077")
def test_a_scan_of_a_paper_is_a_copy_and_a_true_one_says_who_compared_it(tmp_path: Path) -> None:
    files = entry("diplom", visibility="class") | {
        "students/belova-anna/entries/diplom/one.jpg": b"1",
        "students/belova-anna/entries/diplom/two.jpg": b"2",
    }
    own = "students/belova-anna/entries/diplom/entry.yml"
    files[own] = f"{files[own]!s}" + dedent("""\
        scans:
          - {file: one.jpg, document: diploma, paper: {number: "77", signed: true}}
          - {file: two.jpg, document: drawing}
        """)
    school = read(tmp_path / "one", files)
    work = school.students[0].entries[0]
    deputy = "  - {id: zimin, name: Зимин Пётр, roles: [deputy-head], levels: [primary]}\n"
    files["school/people.yml"] = dedent(BASE["school/people.yml"]) + deputy
    files[CONFIRMATIONS] = f"""\
        confirmations:
          - entry: diplom
            by: orlova
            on: 2026-10-05
            basis: оригинал
            digest: {digest_entry(work, digests_of(school, work))}
            copy_true: true
            countersigned: {{by: zimin, on: 2026-10-06}}
        """
    found = editions(tmp_path / "two", files)

    shown = found["class"].entries[0]
    assert [scan.copy for scan in shown.scans] == [True, False]
    assert shown.confirmed
    assert shown.confirmed.copy_true
    assert shown.confirmed.countersigned
    assert shown.confirmed.countersigned.by == "Зимин Пётр"
    assert [scan.paper.ru for scan in shown.scans] == ["", ""]
    paper = found["family"].entries[0].scans[0].paper.ru
    assert paper == "№\N{NO-BREAK SPACE}77, с подписью"


@pytest.mark.covers("R-058")
@pytest.mark.parametrize(
    ("wanted", "what"), [("none", []), ("results", ["olymp"]), ("all", ["drawing", "olymp"])]
)
def test_the_second_signature_is_missed_only_where_the_school_wants_it(
    tmp_path: Path, wanted: str, what: list[str]
) -> None:
    contest = "kind: contest\ntitle: Олимпиада\nform: olympiad\nresult: winner\ndate: 2026-10-02\n"
    files = entry("drawing") | entry("olymp", contest) | switches(f"countersign: {wanted}")
    school = read(tmp_path / "one", files)
    files[CONFIRMATIONS] = "confirmations:\n" + "".join(
        f"  - {{entry: {one.id}, by: orlova, on: 2026-10-05, basis: видела,"
        f" digest: {digest_entry(one, {})}}}\n"
        for one in school.students[0].entries
    )
    teacher = editions(tmp_path / "two", files)["teacher"]

    assert sorted(one.entry for one in teacher.waiting) == what
    assert all(one.what == "countersign" for one in teacher.waiting)


@pytest.mark.covers("R-050", "R-070")
@pytest.mark.parametrize(
    ("by", "role"),
    [("orlova", "классный руководитель"), ("lebedeva", "заместитель директора")],
)
def test_a_confirmation_tells_in_which_duty_it_was_given(
    tmp_path: Path, by: str, role: str
) -> None:
    files = entry("drawing") | {
        "school/people.yml": """\
            people:
              - id: orlova
                name: Орлова Мария Ивановна
                roles: [subject-teacher, class-teacher]
                orders: [{number: 42-о, date: 2026-09-01}]
              - id: lebedeva
                name: Лебедева Нина Львовна
                roles: [class-teacher, deputy-head]
                levels: [primary]
                orders: [{number: 42-о, date: 2026-09-01}]
            """
    }
    one = read(tmp_path / "one", files).students[0].entries[0]
    files[CONFIRMATIONS] = (
        f"confirmations:\n  - {{entry: {one.id}, by: {by}, on: 2026-10-05, basis: видела,"
        f" digest: {digest_entry(one, {})}}}\n"
    )

    shown = editions(tmp_path / "two", files)["family"].entries[0]

    assert shown.confirmed is not None
    assert shown.confirmed.role.ru == role


@pytest.mark.covers("R-051", "R-058")
def test_what_waits_is_told_to_staff_with_its_day_and_never_to_the_family(tmp_path: Path) -> None:
    decided = "inclusions: [{entry: new, by: both, on: 2026-11-08}]\n"
    page = "kind: page\ntitle: Обо мне\ncategory: world\ntext: Я.\ndate: 2026-10-01\n"
    files = entry("old") | entry("new") | entry("mine", page)
    files |= {CONSENT: dedent(BASE[CONSENT]) + decided}
    found = editions(tmp_path, files | entry("hidden", draft="true"))

    for tier in ("teacher", "staff"):
        assert [(one.entry, one.what, one.overdue) for one in found[tier].waiting] == [
            ("old", "submitted", True),
            ("new", "submitted", False),
        ]
    assert found["family"].waiting == ()
    assert next(e for e in found["family"].entries if e.id == "new").decided.ru.startswith(
        "автор портфолио и родители вместе, 8"
    )


# ---- words of others ----


@pytest.mark.covers("R-057")
def test_only_the_newest_version_of_a_review_is_shown_with_the_day_of_the_first(
    tmp_path: Path,
) -> None:
    files: Files = {
        REVIEWS: """\
            reviews:
              - {id: a, kind: review, author: Орлова, on: 2026-09-01, text: ПЕРВЫЙ,
                 visibility: class}
              - {id: b, kind: review, author: Орлова, on: 2026-09-20, text: ВТОРОЙ, replaces: a,
                 visibility: class}
              - {id: c, kind: review, author: Орлова, on: 2026-10-01, text: ТРЕТИЙ, replaces: b,
                 visibility: class}
            """
    }
    found = editions(tmp_path, files)

    assert [(one.text, one.earlier) for one in found["class"].reviews] == [
        ("ТРЕТИЙ", dt.date(2026, 9, 1))
    ]
    assert "ПЕРВЫЙ" not in repr(found)
    assert "ВТОРОЙ" not in repr(found)


def test_a_review_that_became_private_takes_its_earlier_version_with_it(tmp_path: Path) -> None:
    files: Files = {
        REVIEWS: """\
            reviews:
              - {id: a, kind: review, author: Орлова, on: 2026-09-01, text: БЫЛО, visibility: class}
              - {id: b, kind: review, author: Орлова, on: 2026-09-20, text: ЛИЧНОЕ, replaces: a,
                 private: true}
            """
    }
    found = editions(tmp_path, files)

    assert "class" not in found
    assert "ЛИЧНОЕ" in repr(found["family"])
    assert "ЛИЧНОЕ" not in repr(found["teacher"])
    assert "БЫЛО" not in repr(found)


@pytest.mark.covers("R-052")
def test_a_testimonial_says_who_the_author_is_and_what_was_done_together(tmp_path: Path) -> None:
    files: Files = {
        REVIEWS: """\
            reviews:
              - {id: a, kind: testimonial, author: Белова О. П., relation: мама,
                 activity: пекли хлеб, on: 2026-09-01, text: Вместе!, visibility: class}
            """
    }
    said = editions(tmp_path, files)["class"].reviews[0]
    assert (said.relation, said.activity, said.earlier) == ("мама", "пекли хлеб", None)


ANSWERED = "reviews: [{id: a, kind: opinion, author: О, on: 2026-10-02, text: Т, request: r1"
DECLINED = "declined: [{request: r1, by: orlova, on: 2026-10-02, reason: не вела}]"


@pytest.mark.covers("R-054")
@pytest.mark.parametrize(
    ("answer", "family", "teacher"),
    [
        ("reviews: []", "waiting", "waiting"),
        (DECLINED, "declined", "declined"),
        (ANSWERED + "}]", "answered", "answered"),
        (ANSWERED + ", private: true}]", "answered", "waiting"),
    ],
)
def test_a_request_is_known_to_family_and_class_teacher_as_far_as_each_sees_the_answer(
    tmp_path: Path, answer: str, family: str, teacher: str
) -> None:
    files = entry("secret", draft="true") | {
        PORTFOLIO: "requests: [{id: r1, to: orlova, what: opinion, entry: secret, on: 2026-10-01}]",
        REVIEWS: answer,
    }
    found = editions(tmp_path, files)

    assert [one.state for one in found["family"].requests] == [family]
    assert [one.state for one in found["teacher"].requests] == [teacher]
    assert found["staff"].requests == ()
    assert found["family"].requests[0].entry == "secret"
    assert found["teacher"].requests[0].entry == ""


# ---- the student's own words ----


@pytest.mark.covers("R-047")
def test_interests_are_compared_with_the_year_this_audience_sees_before(tmp_path: Path) -> None:
    files: Files = {
        PORTFOLIO: """\
            interests:
              - {year: 2026-27, words: [кошки, море], visibility: class}
              - {year: 2025-26, words: [Кошки, шахматы]}
              - {year: 2024-25, words: [море], visibility: class}
            """
    }
    found = editions(tmp_path, files)

    def told(tier: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return [(one.year, one.stayed, one.fresh) for one in found[tier].interests]

    assert told("family")[1:] == [
        ("2025-26", (), ("Кошки", "шахматы")),
        ("2026-27", ("кошки",), ("море",)),
    ]
    assert told("class") == [("2024-25", (), ("море",)), ("2026-27", ("море",), ("кошки",))]


@pytest.mark.covers("R-035")
def test_a_goal_is_proved_only_by_what_this_audience_sees(tmp_path: Path) -> None:
    files = entry("open", visibility="class") | entry("close") | {
        PORTFOLIO: """\
            goals:
              - {id: g, year: 2026-27, statement: Плавать, term: 2027-05-31, outcome: Поплыла!,
                 evidence: [open, close], visibility: class}
            """
    }  # fmt: skip
    found = editions(tmp_path, files)

    assert found["family"].goals[0].evidence == ("open", "close")
    assert found["class"].goals[0].evidence == ("open",)
    assert found["class"].goals[0].outcome == "Поплыла!"
    assert found["family"].goals[0].seen_by == ("teacher", "class")
    assert found["class"].goals[0].seen_by == ()


@pytest.mark.covers("R-036", "R-037")
def test_looking_back_answers_questions_and_a_picture_says_how_one_sees_oneself(
    tmp_path: Path,
) -> None:
    files: Files = {
        PORTFOLIO: """\
            reflections:
              - {year: 2025-26, answers: [{prompt: joy, text: Море.}], visibility: class}
            self_assessments:
              - {year: 2025-26, about: Рисовать, sign: bridge, words: Покажу, visibility: class}
            """
    }
    shared = editions(tmp_path, files)["class"]

    assert shared.years[0].answers[0].prompt.ru == "Больше всего в этом году меня обрадовало…"
    assert (shared.selves[0].sign, shared.selves[0].sign_label.en) == (
        "bridge",
        "a bridge – I can help someone else",
    )


# ---- what works speak of, what is missing ----


@pytest.mark.covers("R-011")
def test_the_three_groups_of_results_are_told_in_words_by_what_is_seen(tmp_path: Path) -> None:
    study = "kind: study\ntitle: Карта\nform: subject\nsubject: Биология\ndate: 2026-10-02\n"
    files = entry("karta", study, visibility="class", actions="[planning]") | entry(
        "doch", tags="[independence]"
    )
    found = editions(tmp_path, files)

    def told(tier: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        told = {one.code: (*one.balance, *one.results) for one in found[tier].results}
        return {
            code: [(line.words.ru, line.entries) for line in lines if line.entries]
            for code, lines in told.items()
        }

    assert told("family") == {
        "personal": [("самостоятельность", ("doch",))],
        "meta-subject": [("регулятивные действия", ("karta",))],
        "subject": [("Биология", ("karta",))],
    }
    # That nothing speaks of something is no business of those who see a part only.
    assert told("class") == {
        "meta-subject": [("регулятивные действия", ("karta",))],
        "subject": [("Биология", ("karta",))],
    }


@pytest.mark.covers("R-010")
def test_learning_actions_are_grouped_as_the_school_has_chosen(tmp_path: Path) -> None:
    files = entry("karta", actions="[planning]") | switches("learning_actions: r000")
    groups = {one.code: one for one in editions(tmp_path, files)["family"].results}
    spoken = {one.words.ru for one in groups["meta-subject"].balance if one.entries}
    assert spoken == {"рефлексивные действия"}
    assert [one.words.ru for one in groups["personal"].results] == ["Творческие работы"]


@pytest.mark.covers("R-008", "R-080")
def test_what_no_work_speaks_of_yet_stands_open_for_those_who_see_the_whole(tmp_path: Path) -> None:
    files = entry("doch", tags="[volunteering, experience]", visibility="class")
    found = editions(tmp_path, files)

    def balance(tier: str) -> list[tuple[str, bool]]:
        group = next(one for one in found[tier].results if one.code == "personal")
        return [(one.code, bool(one.entries)) for one in group.balance]

    # In the order of the regulation, whatever there is more of.
    assert balance("family") == [
        ("experience", True), ("tolerance", False), ("humanism", False), ("independence", False),
        ("social-role", False), ("meaning", False), ("self-education", False),
        ("self-government", False), ("volunteering", True),
    ]  # fmt: skip
    assert balance("class") == [("experience", True), ("volunteering", True)]


@pytest.mark.covers("R-032")
def test_the_student_chooses_which_sections_come_first(tmp_path: Path) -> None:
    files: Files = {PORTFOLIO: "design: {sections: [reviews, works]}"}
    found = editions(tmp_path, files | entry("doch", visibility="class"))
    assert found["class"].sections == found["family"].sections == ("reviews", "works")


@pytest.mark.covers("R-041")
def test_what_is_missing_is_told_to_family_and_class_teacher_as_each_sees_it(
    tmp_path: Path,
) -> None:
    scan = "[{file: one.jpg}]"
    files = entry("risunok", draft="true", scans=scan) | entry("drugoy", visibility="school")
    files["students/belova-anna/entries/risunok/one.jpg"] = b"1"
    found = editions(tmp_path, files)

    assert found["family"].missing == ("about", "why", "goal", "activity", "year")
    assert found["teacher"].missing == ("about", "work", "why", "goal", "activity", "year")
    assert not any(found[tier].missing for tier in ("staff", "class", "level"))


@pytest.mark.covers("R-039")
@pytest.mark.parametrize(
    ("date", "months", "quiet"),
    [
        ("2026-07-22", 4, True),
        ("2026-07-23", 4, False),
        ("2026-07-22", 5, False),
        ("2026-12-01", 1, False),
    ],
)
def test_a_reminder_comes_after_so_many_months_and_to_those_close_only(
    tmp_path: Path, date: str, months: int, quiet: bool
) -> None:
    files = entry("one", DRAWING.format(title="Кот").replace("2026-10-01", date))
    found = editions(tmp_path, files | switches(f"remind_after_months: {months}"))

    expected = dt.date.fromisoformat(date) if quiet else None
    assert found["family"].quiet_since == found["teacher"].quiet_since == expected
    assert found["staff"].quiet_since is None


def test_teacher_and_staff_read_one_page_when_it_is_the_same_for_both(tmp_path: Path) -> None:
    whole = {
        PORTFOLIO: """\
            about: {motto: Рисую}
            goals: [{id: g, year: 2026-27, statement: Плавать}]
            reflections: [{year: 2025-26, essay: Год.}]
            """
    } | entry("krug", "kind: activity\ntitle: Круг\ndate: 2026-10-01\n", reflection="Хорошо.")
    files: Files = {**whole, "students/belova-anna/entries/krug/one.jpg": b"1"}
    own = "students/belova-anna/entries/krug/entry.yml"
    files[own] = f"{files[own]!s}scans: [{{file: one.jpg}}]\n"
    decision = made(tmp_path, files)

    tiers = [edition.tier for edition in decision.editions]
    assert tiers == ["family", "teacher"]
    assert decision.editions[1].compartments == (
        "teacher:orlova:2026-27",
        "staff:primary:2026-27",
    )
    homes = {home.tier: home.editions for home in decision.homes}
    assert homes["teacher"] == homes["staff"] == ("student/belova-anna/teacher",)


# ---- the school's switches ----

MARK = "results: [{subject: Чтение, period: год, year: 2025-26, mark: ОТМЕТКА}]\n"


@pytest.mark.parametrize(("marks", "shown"), [("family", True), ("nobody", False)])
def test_a_school_may_keep_marks_out_of_the_portfolio(
    tmp_path: Path, marks: str, shown: bool
) -> None:
    files = switches(f"marks: {marks}") | {"records/belova-anna/results.yml": MARK}
    assert ("ОТМЕТКА" in repr(editions(tmp_path, files))) == shown


@pytest.mark.parametrize("is_open", [True, False])
def test_nothing_is_for_everybody_unless_the_school_says_so(tmp_path: Path, is_open: bool) -> None:
    consent = "records/belova-anna/consent.yml"
    second = dedent(BASE[consent]).partition("\n")[2].replace("first", "second")
    second = second.replace("processing", "distribution").replace("school", "public")
    files: Files = switches(f"open_information: {str(is_open).lower()}")
    school = read(tmp_path, files | {consent: dedent(BASE[consent]) + second})

    allowed = set(grant(school, school.students[0], TODAY).allowed)
    assert allowed == {"family", "class", "school"} | ({"public"} if is_open else set())


def test_what_was_not_taken_on_says_where_it_stays(tmp_path: Path) -> None:
    files = entry("old", DRAWING.format(title="Кот").replace("2026-10-01", "2022-10-01"))
    files["school/classes/2026-27.yml"] = (
        "year: 2026-27\nclasses:\n  - {id: 6a, title: 6 «А», grade: 6, teacher: orlova,"
        " students: [belova-anna]}\n"
    )
    files |= switches("not_carried: school")
    decision = decide(read(tmp_path, files), "basic", TODAY)
    assert [edition.entries[0].kept for edition in decision.editions] == ["school"] * 3


@pytest.mark.covers("R-032")
@pytest.mark.parametrize(("wish", "chapters"), [("level", "year"), ("kind", "kind")])
def test_the_student_chooses_the_chapters(tmp_path: Path, wish: str, chapters: str) -> None:
    files: Files = {PORTFOLIO: f"design: {{chapters: {wish}}}\n"}
    assert editions(tmp_path, files)["family"].chapters == chapters


@pytest.mark.covers("R-034")
def test_with_whom_the_order_was_found_is_known_to_family_and_staff(tmp_path: Path) -> None:
    files = entry("one", visibility="class") | entry("two", visibility="class")
    files |= {
        PORTFOLIO: "choices: {highlights: [one, two]}\n",
        CONFIRMATIONS: "arranged: {by: orlova, on: 2026-10-01, highlights: [one, two]}\n",
    }
    found = editions(tmp_path / "together", files)
    assert found["family"].arranged == found["staff"].arranged
    assert found["family"].arranged
    assert found["family"].arranged.by == "Орлова Мария Ивановна"
    assert found["class"].arranged is None

    files[PORTFOLIO] = "choices: {highlights: [two, one]}\n"
    alone = editions(tmp_path / "alone", files)
    assert alone["family"].highlights == ("two", "one")
    assert alone["family"].arranged is None


# ---- the page «О портфолио» ----


@pytest.mark.covers("R-059", "R-160", "R-161", "R-163")
def test_the_page_about_portfolios_tells_rules_acts_and_duties_to_holders_of_the_level(
    tmp_path: Path,
) -> None:
    files: Files = {
        SCHOOL: dedent(BASE[SCHOOL])
        + """\
  students_council: {number: "1", date: 2026-08-25}
  version: "2"
  changes:
    - version: "2"
      order: {number: приказ № 60, date: 2026-10-01}
      council: {number: "4", date: 2026-09-30}
      what: добавлены цели
  basis: [law-273-2012, order-77-2022, order-1147-2015]
""",
        "school/people.yml": """\
            people:
              - id: orlova
                name: Орлова Мария Ивановна
                roles: [class-teacher, subject-teacher]
                subject: чтение
                orders: [{number: 42-о, date: 2026-09-01}]
              - {id: nobody, name: Без Приказа, roles: [head]}
            """,
        "school/events.yml": """\
            events:
              - {id: a, title: Кросс, date: 2026-09-19, stage: school, form: sport,
                 announced_by: orlova}
              - {id: b, title: Былой кросс, date: 2025-09-19, stage: school, form: sport,
                 announced_by: orlova}
              - {id: c, title: Не объявлен, date: 2026-09-19, stage: school, form: sport}
            """,
    }
    about = made(tmp_path, files).about
    assert about

    def plain(words: str) -> str:
        return words.replace("\N{NO-BREAK SPACE}", " ")

    assert (about.path, about.compartments) == ("about/primary", ("level:primary:2026-27/shared",))
    assert [(fact.field, plain(fact.words.ru)) for fact in about.trail] == [
        ("council", "протокол № 3 от 28 августа 2026 г."),
        ("order", "приказ № 41-о от 31 августа 2026 г."),
        ("students-council", "протокол № 1 от 25 августа 2026 г."),
    ]
    assert plain(about.versions[0].papers[1].words.ru) == "приказ № 60 от 1 октября 2026 г."
    assert [one.state for one in about.basis] == ["in-force", "replaced", "replaced"]
    assert {one.checked for one in about.basis} == {dt.date(2026, 11, 22)}
    assert "№ 531" in plain(about.basis[1].replaced_by.ru)
    assert "№ 821" in plain(about.basis[2].replaced_by.ru)  # not the act between them
    assert [(duty.role.ru, plain(duty.people[0].words.ru)) for duty in about.duties] == [
        ("Классные руководители", "4 «А», приказ № 42-о от 1 сентября 2026 г."),
        ("Учителя-предметники", "чтение, приказ № 42-о от 1 сентября 2026 г."),
    ]
    assert [event.title for event in about.announced] == ["Кросс"]


def test_families_and_staff_find_the_page_in_their_menu_and_a_class_guest_does_not(
    tmp_path: Path,
) -> None:
    access = """\
        opened:
          - {name: class:2026-27:4a, until: 2026-12-31, reason: классный час}
          - {name: level:primary, until: 2026-12-31, reason: праздник}
        """
    holders = made(tmp_path, {"school/access.yml": access}).holders
    finds = {holder.tier: any("about/" in path for _, path in holder.menu) for holder in holders}
    assert finds == {"family": True, "teacher": True, "level": True, "class": False}


@pytest.mark.covers("R-001")
@pytest.mark.parametrize(("name", "code"), [("kinds", "gto"), ("states", "changed")])
def test_a_label_without_a_meaning_stops_the_build(tmp_path: Path, name: str, code: str) -> None:
    school = read(tmp_path, {})
    listed = school.vocabularies[name]
    terms = tuple(
        term.model_copy(update={"meaning": None}) if term.code == code else term
        for term in listed.terms
    )
    lists = {**school.vocabularies, name: listed.model_copy(update={"terms": terms})}
    with pytest.raises(Trouble) as stopped:
        decide(school.model_copy(update={"vocabularies": lists}), "primary", TODAY)
    assert code in stopped.value.message.ru


@pytest.mark.covers("R-131")
def test_guests_of_a_level_see_works_and_no_paper_that_bears_a_name(tmp_path: Path) -> None:
    diploma = """\
        kind: contest
        form: creative
        title: Конкурс
        date: 2026-10-02
        visibility: school
        scans:
          - {file: diplom.jpg, document: diploma, description: Диплом Беловой Анны}
          - {file: photo.jpg, document: photo}
        """
    files = entry("contest", diploma)
    folder = next(iter(files)).rpartition("/")[0]
    files |= {f"{folder}/diplom.jpg": b"one", f"{folder}/photo.jpg": b"two"}

    made = editions(tmp_path, files)

    assert [s.path.rpartition("/")[2] for s in made["level"].entries[0].scans] == ["photo.jpg"]
    assert len(made["class"].entries[0].scans) == 2
