"""A regulation that rests on an act of the past is told what is in force now."""

import datetime as dt
from pathlib import Path
from textwrap import dedent

import pytest

from generator.check import check
from generator.load import load
from generator.model.law import LegalAct
from generator.model.school import School
from tests.world import BASE, SCHEMA, TODAY, world

TOMORROW = TODAY + dt.timedelta(days=1)


def act(code: str, **facts: object) -> LegalAct:
    whole = {"code": code, "title": "Порядок", "number": "1", "date": "2020-01-01"}
    return LegalAct.model_validate(whole | {"source": "выдумано", "checked": TODAY} | facts)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    settings = dedent(BASE["school/school.yml"]) + "  basis: [first]\n"
    root: Path = tmp_path_factory.mktemp("school")
    found = load(world(root, {"school/school.yml": settings}), SCHEMA).school
    assert found is not None
    return found


def fixes(school: School, *acts: LegalAct) -> list[str]:
    """What is advised to a regulation that rests on the first act."""
    known = school.model_copy(update={"acts": {one.code: one for one in acts}})
    found = [d for d in check(known, TODAY) if d.code == "act-replaced"]
    return [diagnostic.fix.en for diagnostic in found]


def test_an_act_is_in_force_on_its_last_day_and_until_the_next_one_begins(school: School) -> None:
    assert fixes(school, act("first", until=TODAY)) == []
    assert fixes(school, act("first", replaced_by="next"), act("next", date=TOMORROW)) == []
    late = act("next", since=TOMORROW)
    assert fixes(school, act("first", replaced_by="next"), late) == []
    assert fixes(school, act("first", until=TODAY, replaced_by="next"), act("next")) == []


@pytest.mark.covers("R-163")
def test_an_act_has_ended_on_the_day_the_next_one_begins(school: School) -> None:
    (fix,) = fixes(school, act("first", replaced_by="next"), act("next", date=TODAY))
    assert '"next"' in fix


def test_the_last_of_a_row_of_acts_is_named(school: School) -> None:
    ended = act("first", until="2022-01-01", replaced_by="second")
    second = act("second", until="2024-01-01", replaced_by="third")
    third = act("third", replaced_by="fourth")
    (fix,) = fixes(school, ended, second, third, act("fourth", date=TOMORROW))
    assert '"third"' in fix


@pytest.mark.parametrize(
    "rest",
    [
        (),
        (act("next", until="2024-01-01"),),
        (act("next", since=TOMORROW),),
        (act("next", until="2024-01-01", replaced_by="first"),),
    ],
)
def test_without_an_act_in_force_the_school_is_sent_to_look(
    school: School, rest: tuple[LegalAct, ...]
) -> None:
    ended = act("first", until="2022-01-01", replaced_by="next")
    (fix,) = fixes(school, ended, *rest)
    assert fix.startswith("find out")
