"""The sites: `build`. What was published?"""

import argparse
from typing import Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.tell import is_public, print_mistakes, print_sample, print_sites, tell
from generator.diagnostic import Text


def add_sites(commands: Any) -> None:
    """What makes the sites."""
    sites = "собрать три сайта / build the three sites"
    build = command(commands, "build", run_build, sites)
    add(build, "path", "--output", "--private", "--date", "--by", "--progress", "--level")
    only = (
        "ничего не выпускать, только сказать, что кому станет видно / only say what would be shown"
    )
    build.add_argument("--dry-run", action="store_true", help=only)


def run_build(arguments: argparse.Namespace) -> int:
    """Builds the three sites; mistakes are printed and leave the last site as it was."""
    from generator.flow.sites import build_sites

    if arguments.dry_run:
        return _run_dry(arguments)
    job = job_of(arguments)
    built = build_sites(job)
    if not built.sites:
        print_mistakes(built, arguments)
        left = Text("Сайты не собраны, прежние на месте.", "Not built; the sites are as before.")
        tell(left.get(arguments.lang))
        return MISTAKES
    print_sites(built, arguments)
    if not is_public():
        print_sample(job, arguments)
    return FINE


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
