"""Clause -> requirement -> test: nothing unknown is claimed, nothing open is hidden."""

import re
from pathlib import Path
from typing import get_args

import pytest

from generator.model.school import Switches
from tests.covers import MARK, TESTS, proofs
from tests.reference.regulation import read_requirements, read_results, regulation
from tests.reference.switches import default_of, read_switches

REQUIRED = read_requirements()
ROOMS = {
    "archive", "check", "decide", "docs", "exchange", "media", "model", "pages", "printing",
    "publish", "reports", "review", "seal", "tests", "transition",
}  # fmt: skip


def row(page: str, number: str) -> str:
    return next(line for line in page.splitlines() if f"</span>{number} |" in line)


def test_a_test_claims_only_what_is_required() -> None:
    assert [one for one in proofs() if one.requirement not in REQUIRED] == []


def test_every_mark_is_read() -> None:
    written = sum(
        len(re.findall(rf"^\s*@{MARK}\(", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in TESTS.rglob("test_*.py")
    )
    marked = {(one.file, one.test) for one in proofs() if one.file.endswith(".py")}

    assert len(marked) == written > 20


def test_a_golden_case_can_claim_a_requirement() -> None:
    cases = {one.file: one.test for one in proofs() if one.file.endswith(".yml")}

    assert cases["cases/check/personal-paper.yml"] == "[personal-paper]"


def test_requirements_are_numbered_in_order_and_live_in_rooms_of_the_house() -> None:
    assert list(REQUIRED) == sorted(REQUIRED)
    assert all(re.fullmatch(r"R-\d{3}", number) for number in REQUIRED)
    assert {one.room for one in REQUIRED.values()} == ROOMS
    assert len({one.feature for one in REQUIRED.values()}) == len(REQUIRED)
    assert [n for n, one in REQUIRED.items() if not one.clauses] == ["R-165"]


@pytest.mark.covers("R-165")
def test_the_page_says_what_proves_a_requirement_and_what_is_open() -> None:
    page, proved = regulation(), {one.requirement for one in proofs()}

    for number in REQUIRED:
        assert ("**открыто**" in row(page, number)) is (number not in proved), number
    assert "cases/check/personal-paper.yml" in row(page, "R-023")
    for one in REQUIRED.values():
        assert one.room in page
        for clause in one.clauses:
            assert f"| {clause.partition(' ')[2]} |" in page


@pytest.mark.covers("R-165")
def test_with_the_last_run_the_page_says_how_each_test_ended(tmp_path: Path) -> None:
    ran = tmp_path / "last-run.xml"
    ran.write_text(
        '<testsuites><testsuite><testcase classname="tests.test_check"'
        ' name="test_what_makes_no_sense_is_said[personal-paper]"/>'
        '<testcase classname="tests.test_clauses"'
        ' name="test_accounting_is_current_interim_or_final">'
        '<failure message="no"/></testcase></testsuite></testsuites>',
        encoding="utf-8",
    )
    page = regulation(read_results(ran))

    assert "`cases/check/personal-paper.yml` — прошёл" in row(page, "R-023")
    assert "— не прошёл" in row(page, "R-017")
    assert "— не было" in row(page, "R-080")


def test_every_switch_is_told_with_its_answers() -> None:
    told = read_switches()

    assert list(told) == list(Switches.model_fields)
    for key, switch in told.items():
        written, default = [one.write for one in switch.answers], default_of(key)
        values = get_args(Switches.model_fields[key].annotation)
        if default in ("true", "false"):
            assert set(written) == {"true", "false"}, key
        elif default in values:
            assert written == list(values), key
        else:
            assert default == "[]" or default.isdigit(), key
        clauses = [clause for one in switch.answers for clause in one.clauses]
        assert all(re.fullmatch(r"00[0-4] §[\d.]+", clause) for clause in clauses), key
