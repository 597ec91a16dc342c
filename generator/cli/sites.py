"""The sites: `build`. What was published?"""

import argparse
from pathlib import Path
from typing import Any

from generator.cli.arguments import FINE, MISTAKES, add, add_json, command, job_of
from generator.cli.events import print_result
from generator.cli.tell import (
    GRADES,
    is_public,
    print_diagnostics,
    print_mistakes,
    print_sample,
    print_sites,
    tell,
)
from generator.diagnostic import Text
from generator.stop import Stopped


def add_sites(commands: Any) -> None:
    """What makes the sites."""
    sites = "собрать три сайта / build the three sites"
    build = command(commands, "build", run_build, sites)
    add(build, "path", "--output", "--private", "--date", "--by", "--progress")
    _add_work(build)
    only = (
        "ничего не выпускать, только сказать, что кому станет видно / only say what would be shown"
    )
    how = build.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help=only)
    add_json(how)


def _add_work(build: argparse.ArgumentParser) -> None:
    """What is built, and with whose help."""
    level = "только эта ступень, можно повторить / this level only, may be repeated"
    build.add_argument("--level", action="append", choices=tuple(GRADES), help=level)
    add(build, "--cache")
    cluster = "кластер для сканов и ступеней / cluster for scans and levels (dask:tls://…)"
    build.add_argument("--executor", metavar="КТО", help=cluster)


def run_build(arguments: argparse.Namespace) -> int:
    """Builds the three sites; mistakes are printed and leave the last site as it was."""
    from generator.flow.sites import build_sites

    if arguments.dry_run:
        return _run_dry(arguments)
    job, before = job_of(arguments), _live(arguments.output)
    try:
        built = build_sites(job)
    except Stopped as stopped:
        stopped.left = _left(before, _live(arguments.output))
        raise
    if arguments.json:
        print_diagnostics(built.diagnostics, arguments)
        end = FINE if built.sites else MISTAKES
        print_result(end, built.students, built.diagnostics, built.sites)
        return end
    if not built.sites:
        print_mistakes(built, arguments)
        left = Text("Сайты не собраны, прежние на месте.", "Not built; the sites are as before.")
        tell(left.get(arguments.lang))
        return MISTAKES
    print_sites(built, arguments)
    if not is_public():
        print_sample(job, arguments)
    return FINE


def _live(output: Path) -> dict[str, Path]:
    """Which release readers see of every level."""
    return {level: (output / level).resolve() for level in GRADES}


def _left(before: dict[str, Path], now: dict[str, Path]) -> Text:
    """What readers see of a build that was stopped, judged by what lies there."""
    new = [GRADES[level] for level in GRADES if now[level] != before[level]]
    if not new:
        return Text("прежний сайт не тронут", "the site is as it was")
    said = Text(", ".join(one.ru for one in new), ", ".join(one.en for one in new))
    if len(new) == len(now):
        return Text("все сайты уже выпущены", "all sites are published already")
    return Text(
        f"уже выпущены {said.ru}, остальные сайты прежние",
        f"published already: {said.en}; the other sites are as they were",
    )


def _run_dry(arguments: argparse.Namespace) -> int:
    """Says what a build would show to whom, compared with the last release; publishes nothing."""
    from generator.cli.exposure import print_exposure
    from generator.flow.exposure import foresee

    foreseen = foresee(job_of(arguments))
    if not foreseen.exposures:
        print_mistakes(foreseen.found, arguments)
        return MISTAKES
    for exposure in foreseen.exposures:
        print_exposure(exposure, arguments.lang)
    said = Text("Ничего не выпущено: это проба.", "Nothing was published: this was a dry run.")
    tell(said.get(arguments.lang))
    return FINE
