"""Words one types -> arguments, and the function to run. What can be asked for?"""

import argparse

from generator import __version__
from generator.cli.access import add_access
from generator.cli.files import add_files
from generator.cli.hosting import add_hosting
from generator.cli.keys import add_keys
from generator.cli.live import add_live
from generator.cli.register import add_register
from generator.cli.review import add_review
from generator.cli.sites import add_sites
from generator.cli.staff import add_staff


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; the function to run stands in `run`."""
    made = argparse.ArgumentParser(
        prog="stupeni",
        description="Портфолио школы -> запечатанные сайты. A school's portfolios -> sealed sites.",
    )
    made.add_argument("--version", action="version", version=f"stupeni {__version__}")
    made.set_defaults(lang="ru")
    commands = made.add_subparsers(required=True, metavar="КОМАНДА")
    groups = (
        add_files,
        add_sites,
        add_live,
        add_staff,
        add_review,
        add_access,
        add_keys,
        add_register,
        add_hosting,
    )
    for group in groups:
        group(commands)
    return made
