"""What the ways through the house leave in the register, and in whose name."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.flow.extract import make_extract
from generator.flow.register import begin, note, require_person
from generator.model.event import Event, What
from generator.publish import append, read, verify
from generator.reports import follow
from generator.trouble import Trouble
from tests.sample import TODAY, Sample, build_sample
from tests.world import world

TWO = {
    "school/classes/2026-27.yml": """\
        year: 2026-27
        classes:
          - {id: 4a, title: 4 «А», grade: 4, teacher: orlova, students: [belova-anna, ivanov-petr]}
        """,
    "records/ivanov-petr/student.yml": "name: {surname: Иванов, given: Пётр}\nborn: 2016-03-02\n",
    "students/belova-anna/portfolio.yml": "about: {motto: Рисую каждый день, visibility: class}\n",
}
"""One child who shows the class a motto; a second, without a consent: nobody sees anything."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("register")
    return build_sample(folder, world(folder / "two", TWO))


@pytest.mark.covers("R-137")
def test_a_release_says_about_whom_for_whom_on_what_ground_and_by_whom(built: Sample) -> None:
    primary, basic, senior = read(built.job.register)
    assert primary.what == "release"
    assert primary.about == ("belova-anna",)
    assert primary.audiences == ("family:belova-anna", "teacher:orlova")
    assert primary.basis == (
        "class,family@consent:belova-anna/first staff,teacher@regulation:2026-08-31"
    )
    assert primary.by == "ci"
    assert primary.details["release"] == built.built.sites[0].release.digest
    assert (basic.about, basic.basis, senior.about) == ((), "", ())
    assert verify(built.job.register).is_whole


@pytest.mark.covers("R-133", "R-060")
@pytest.mark.parametrize("by", ["nobody", "login:me", "ci", "former"])
def test_what_needs_authority_wants_a_person_whom_an_order_names_today(
    built: Sample, by: str
) -> None:
    people = built.school.staff.people
    ended = people[0].orders[0].model_copy(update={"until": TODAY.replace(day=21)})
    former = people[0].model_copy(update={"id": "former", "orders": (ended,)})
    staff = built.school.staff.model_copy(update={"people": (*people, former)})
    school = built.school.model_copy(update={"staff": staff})
    with pytest.raises(Trouble):
        require_person(replace(built.job, by=by), school, TODAY)
    person, order = require_person(replace(built.job, by="orlova"), school, TODAY)
    assert (person.name, order) == ("Орлова Мария Ивановна", "order:orlova:2026-09-01")


@pytest.mark.parametrize("by", ["stranger", "orlov"])
def test_a_build_in_a_strangers_name_is_refused(built: Sample, by: str) -> None:
    before = built.job.register.read_bytes()
    with pytest.raises(Trouble, match=r"people\.yml"):
        replace(built, job=replace(built.job, by=by)).again()
    assert built.job.register.read_bytes() == before


def _begun(built: Sample, what: What) -> Event:
    later = built.job.now + dt.timedelta(days=2)
    return begin(replace(built.job, now=later, by="orlova"), what)


@pytest.mark.covers("R-132", "R-137")
def test_an_extract_tells_a_family_what_happened_to_its_child_and_of_nobody_else(
    built: Sample,
) -> None:
    register = built.job.register
    both = ("belova-anna", "ivanov-petr")
    homes = tuple(f"family:{student}" for student in both)
    basis = "family@consent:ivanov-petr/secret teacher@regulation:2020-02-03"
    cards = replace(_begun(built, "cards"), about=both, audiences=homes, basis=basis)
    append(register, cards)
    append(register, replace(_begun(built, "incident"), about=("ivanov-petr",)))
    stopped = replace(_begun(built, "access"), about=both, audiences=("class:2026-27:4a",))
    append(register, replace(stopped, basis="order:orlova:2026-09-01"))
    text = make_extract(replace(built.job, by="orlova"), "belova-anna").read_text("utf-8")
    # A hyphen is tied to its word, as in «№ 41-о».
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
    plain = " ".join(re.sub("<[^>]+>", " ", text).split())
    assert (
        "22 ноября 2026 г. Выпущен сайт, на котором есть портфолио 1–4 классы "
        "класс и семьи класса, семья согласие от 1 сентября 2026 г.: папка 4А, лист 1 "
        "завуч и директор, классный руководитель приказ № 41-о от 31 августа 2026 г. "
        "автоматически"
    ) in plain
    assert (
        "24 ноября 2026 г. Сделаны карточки доступа "
        "классный руководитель приказ от 3 февраля 2020 г. Орлова Мария Ивановна"
    ) in plain
    assert (
        "Изменён доступ класс и семьи класса приказ № 42-о от 1 сентября 2026 г. Орлова"
    ) in plain
    for foreign in ("ivanov", "Пётр", "secret", "происшествие"):
        assert foreign not in text
    assert verify(register).last not in text  # that the extract was made is one line more
    last = read(register)[-1]
    assert (last.what, last.about, last.by) == ("export", ("belova-anna",), "orlova")
    assert (last.audiences, last.basis) == (("family:belova-anna",), "order:orlova:2026-09-01")


def test_releases_that_showed_the_same_are_one_line(built: Sample) -> None:
    event = read(built.job.register)[0]
    days = [f"2026-11-{day}T09:00:00+00:00" for day in (22, 23, 25)]
    same = [replace(event, at=at) for at in days]
    narrower = replace(event, at="2026-11-27T21:30:00+00:00", basis="staff@regulation:2026-08-31")
    told = follow([*same, narrower, *same], "belova-anna", {}, ZoneInfo("Europe/Moscow"))
    assert [(one.since.day, one.until.day) for one in told] == [(22, 25), (28, 28), (22, 25)]
    assert [one.again for one in told] == [True, False, True]
    # On one day they are one, whatever was done between them and however much each published.
    between = replace(event, what="cards", audiences=("class:4a",))
    more = replace(event, details={**event.details, "pages": 99})
    told = follow([event, between, more], "belova-anna", {}, ZoneInfo("Europe/Moscow"))
    assert [(one.what, one.again) for one in told] == [("release", True), ("cards", False)]


def test_what_was_done_alike_on_one_day_is_one_row_for_all_whom_it_concerned(
    built: Sample,
) -> None:
    release = replace(read(built.job.register)[0], at="2026-11-22T09:00:00+00:00")
    ground = "order:orlova:2026-09-01"
    ours = replace(release, what="cards", audiences=("class:4a",), basis=ground, by="orlova")
    guests, others = replace(ours, audiences=("school",)), replace(ours, by="lebedeva")
    told = follow(
        [release, ours, guests, others, replace(ours, details={"epoch": 2}), release],
        "belova-anna", {}, ZoneInfo("Europe/Moscow"),
    )  # fmt: skip
    assert [(one.what, one.by, one.whom) for one in told][1:] == [
        ("cards", "orlova", ((("class", "school"), ground),)),
        ("cards", "lebedeva", ((("class",), ground),)),
        ("cards", "orlova", ((("class",), ground),)),
    ]


@pytest.mark.covers("R-132")
def test_an_extract_is_private_and_wants_a_person_of_an_order_and_a_known_child(
    built: Sample,
) -> None:
    own = replace(built.job, by="orlova")
    with pytest.raises(Trouble, match="is not in"):
        make_extract(built.job, "belova-anna")
    with pytest.raises(Trouble, match="no student"):
        make_extract(own, "belova")
    file = make_extract(own, "belova-anna")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.is_relative_to(own.private)


def test_an_extract_of_a_broken_register_says_so(tmp_path: Path) -> None:
    broken = build_sample(tmp_path, world(tmp_path / "one"))
    register = broken.job.register
    register.write_bytes(register.read_bytes().replace(b"login", b"l").replace(b'"ci"', b'"me"', 1))
    text = make_extract(replace(broken.job, by="orlova"), "belova-anna").read_text("utf-8")
    assert "нарушен начиная со\N{NO-BREAK SPACE}строки 2" in text.replace("&nbsp;", " ")


@pytest.mark.covers("R-137", "R-139")
def test_nothing_is_published_behind_a_broken_register(tmp_path: Path) -> None:
    sample = build_sample(tmp_path, world(tmp_path / "one"))
    register, live = sample.job.register, (sample.job.output / "primary").resolve()
    event = replace(_begun(sample, "access"), details={"resumed": "family:belova-anna"})
    append(register, event)
    assert len(sample.again().built.sites) == 3
    lines = register.read_bytes().splitlines(keepends=True)
    register.write_bytes(b"".join(lines[1:]))  # as if the first release had never been
    with pytest.raises(Trouble, match="is broken, line 1"):
        sample.again()
    assert (sample.job.output / "primary").resolve() == live


@pytest.mark.covers("R-137")
@pytest.mark.parametrize(
    "words",
    [
        "карточку Беловой потеряли",
        "Анну перевели",
        "заметила Орлова",
        "письмо от Ольги Петровны Беловой",
        "ИВАНОВ: карточка Иванова",
    ],
)
def test_words_that_name_somebody_are_refused_in_any_case(built: Sample, words: str) -> None:
    before = built.job.register.read_bytes()
    with pytest.raises(Trouble, match="no names"):
        note(built.job, built.school, replace(_begun(built, "access"), details={"reason": words}))
    assert built.job.register.read_bytes() == before


@pytest.mark.parametrize("words", ["карточку потеряли в поезде", "Анкета не сдана", "belova-anna"])
def test_words_that_name_nobody_are_registered(built: Sample, words: str) -> None:
    event = replace(_begun(built, "access"), details={"reason": words})
    assert note(built.job, built.school, event)
    assert read(built.job.register)[-1] == event
