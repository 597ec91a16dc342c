"""A build killed at chosen moments leaves the old or the new, and the next one is right.

The long proof is `python -m tests.proof kills`.
"""

import json
from pathlib import Path

import pytest

from generator.seal.master import read_master
from tests.proof.kills import Scene, Toll, build_next, kill_before, room_of
from tests.proof.mortal import run_mortal

PLACES = (
    "media/store._write_file replace",
    "publish/published.write_memory replace",
    "publish/release._take_spare rename",
    "publish/tree._make_room unlink",
    "publish/tree._link link",
    "publish/tree._write_new write",
    "publish/release._write_aside rename",
    "publish/register._write_line write",
    "publish/register._write_line fsync",
    "publish/release._switch symlink",
    "publish/release._switch replace",
    "publish/release._forget_old unlink",
    "exposure.write replace",
    "flow/kept._write replace",
    "flow/still.keep_last replace",
)
"""Between what a build does for good, in its order."""
AFTERWARDS = {
    "publish/release._take_spare rename": "again",
    "publish/tree._link link": "put back",
    "publish/register._write_line fsync": "put back",
    "publish/release._switch replace": "changed",
    "exposure.write replace": "put back",
    "flow/kept._write replace": "again",
}


@pytest.mark.parametrize("place", PLACES)
def test_killed_there_the_sites_are_the_old_or_the_new_and_all_that_is_kept_fits(
    scene: Scene, place: str
) -> None:
    scene.restore()
    toll, there = Toll(), [n for n, one in enumerate(scene.touches, 1) if one == place]
    kill_before(scene, there[len(there) // 2], toll)
    if how := AFTERWARDS.get(place):
        build_next(scene, how, toll)
    assert toll.finds == []
    assert toll.kills.total() == 1


def test_in_the_middle_of_a_level_s_switch_the_levels_stand_each_for_itself(scene: Scene) -> None:
    scene.restore()
    toll = Toll()
    switches = [
        n for n, one in enumerate(scene.touches, 1) if one == "publish/release._switch replace"
    ]
    kill_before(scene, switches[1], toll)
    build_next(scene, "again", toll)
    assert (toll.finds, dict(toll.stood)) == ([], {"new old old": 1})


def test_a_master_key_that_is_being_replaced_is_there_at_every_moment(
    scene: Scene, tmp_path: Path
) -> None:
    scene.restore()
    job, key = scene.job, room_of(scene.job) / "master.key"
    command = [
        "keys", "init", str(job.portfolios), "--output", str(job.output),
        "--private", str(job.private), "--by", "lebedeva", "--replace", "--reason", "утечка",
    ]  # fmt: skip
    before = read_master(key)
    assert run_mortal(command, 0, tmp_path / "touches.json") == 0
    assert read_master(key) != before
    touches = json.loads((tmp_path / "touches.json").read_text(encoding="utf-8"))
    places = [n for n, one in enumerate(touches, 1) if "seal/master" in one or "keys" in one]
    assert len(places) > 3
    for place in places:
        scene.restore()
        assert run_mortal(command, place, tmp_path / "touches.json") != 0
        assert len(read_master(key)) == 32
