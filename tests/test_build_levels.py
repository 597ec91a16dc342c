"""One level of one school at a time: what is built, and what stands as it did."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli.parser import parser
from generator.flow.access import raise_keys
from generator.flow.job import Job, find_mistakes
from generator.flow.sites import build_sites
from generator.model.school import LEVELS, Level
from tests.region import ANNA, CLASSES, LADA, another_machine, build, first_machine, published


@pytest.fixture(scope="module")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Job:
    return first_machine(tmp_path_factory.mktemp("unbuilt"))


@pytest.fixture
def job(unbuilt: Job, tmp_path: Path) -> Job:
    return another_machine(unbuilt, tmp_path / "job")


def only(job: Job, *levels: Level) -> Job:
    return replace(job, levels=levels)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}


def test_levels_built_one_after_another_are_what_they_are_at_once(
    unbuilt: Job, job: Job, tmp_path: Path
) -> None:
    whole = another_machine(unbuilt, tmp_path / "whole")
    build(whole)
    for level in LEVELS:
        assert [site.level for site in build(only(job, level)).sites] == [level]

    assert changed(published(whole), published(job)) == set()


def test_a_level_that_is_not_built_keeps_its_site_its_record_and_its_keys(job: Job) -> None:
    build(job)
    before = published(job)
    for folder in (ANNA, LADA):
        file = job.portfolios / folder / "entry.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Снова "))

    build(only(job, "basic"))
    touched = changed(before, published(job))
    assert touched
    assert not [one for one in touched if "primary" in one]
    assert b'"level":"primary"' not in published(job)["register"][len(before["register"]) :]

    build(only(job, "primary"))
    cold = another_machine(job, job.portfolios.parent / "cold")
    build(cold)
    sites = {name for name in changed(published(job), published(cold)) if name[0] != "r"}
    assert sites == set()


def test_who_moved_to_a_level_that_is_not_built_is_in_neither_until_it_is(job: Job) -> None:
    build(job)
    lists = (job.portfolios / CLASSES).read_text(encoding="utf-8")
    lists = lists.replace("belova-anna, ivanov-petr]", "ivanov-petr]")
    lists = lists.replace("[kotova-lada]", "[kotova-lada, belova-anna]")
    (job.portfolios / CLASSES).write_text(lists, encoding="utf-8")
    cold = another_machine(job, job.portfolios.parent / "cold")

    for one in (job, cold):
        raise_keys(replace(one, by="lebedeva"), "перешла")
    build(only(job, "primary"))
    assert not (job.private / "00c0ffee00c0ffee/granted/primary/belova-anna.student").exists()
    assert not (job.private / "00c0ffee00c0ffee/granted/basic/belova-anna.student").exists()
    build(only(job, "basic", "senior"))
    build(cold)

    sites = {name for name in changed(published(job), published(cold)) if name[0] != "r"}
    assert sites == set()


def test_a_key_is_not_counted_as_handed_out_before_its_level_is_released(job: Job) -> None:
    build(only(job, "primary"))
    kept = (job.private / "00c0ffee00c0ffee/published.json").read_text(encoding="utf-8")
    assert "level:primary:2026-27/shared" in kept
    assert "level:basic:2026-27/shared" not in kept


def test_a_mistake_anywhere_in_the_school_stops_every_level(job: Job) -> None:
    (job.portfolios / LADA / "entry.yml").write_text("id: c3d4\n", encoding="utf-8")
    assert build_sites(only(job, "primary")).sites == ()
    assert not job.output.exists()


def test_a_scan_that_cannot_be_read_stops_its_own_level_only(job: Job) -> None:
    (job.portfolios / LADA / "plan.jpg").write_bytes(b"no picture")
    assert build(only(job, "primary"))
    assert build_sites(only(job, "basic")).sites == ()


def test_a_level_with_nothing_to_do_writes_nothing(job: Job) -> None:
    build(only(job, "primary"))
    shutil.rmtree(job.private / "00c0ffee00c0ffee/cache/last", ignore_errors=True)
    build(only(job, "primary"))
    before = published(job)
    again = build(only(job, "primary"))
    assert [site.release.changed for site in again.sites] == [0]
    assert changed(before, published(job)) == set()


def test_the_command_takes_levels_in_any_order_and_all_of_them_unless_told() -> None:
    told = parser().parse_args(["build", "--level", "basic", "--level", "primary"])
    assert told.level == ["basic", "primary"]
    assert parser().parse_args(["build"]).level is None


def test_two_schools_of_one_private_folder_do_not_take_their_files_for_each_others(
    unbuilt: Job, tmp_path: Path
) -> None:
    one = another_machine(unbuilt, tmp_path / "one")
    other = replace(another_machine(unbuilt, tmp_path / "two"), private=one.private)
    for job in (one, other):
        find_mistakes(job)
    kept = {path.name for path in (one.private / "digests").iterdir()}
    assert len(kept) == 2
    assert kept == {one.digests.name, other.digests.name}
