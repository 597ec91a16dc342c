"""What the ways through the house leave in the register, and in whose name."""

from dataclasses import replace

import pytest

from generator.flow.register import register_of, require_person
from generator.publish import read, verify
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
    primary, basic, senior = read(register_of(built.job))
    assert primary.what == "release"
    assert primary.about == ("belova-anna",)
    assert primary.audiences == ("family:belova-anna", "teacher:orlova")
    assert primary.basis == (
        "class,family@consent:belova-anna/first staff,teacher@regulation:2026-08-31"
    )
    assert primary.by == "ci"
    assert primary.details["release"] == built.built.sites[0].release.digest
    assert (basic.about, basic.basis, senior.about) == ((), "", ())
    assert verify(register_of(built.job)).is_whole


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
    before = register_of(built.job).read_bytes()
    with pytest.raises(Trouble, match=r"people\.yml"):
        Sample(replace(built.job, by=by), built.built).again()
    assert register_of(built.job).read_bytes() == before
