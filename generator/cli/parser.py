"""Words one types -> arguments, and the function to run. What can be asked for?"""

import argparse

from generator import __version__
from generator.cli.access import add_access
from generator.cli.adding import add_adding
from generator.cli.consent import add_consent
from generator.cli.editor import add_editor
from generator.cli.event import add_event
from generator.cli.files import add_files
from generator.cli.hosting import add_hosting
from generator.cli.inbox import add_inbox
from generator.cli.keys import add_keys
from generator.cli.live import add_live
from generator.cli.present import add_present
from generator.cli.register import add_register
from generator.cli.review import add_review
from generator.cli.school import add_school
from generator.cli.sites import add_sites
from generator.cli.sources import add_sources
from generator.cli.spoken import speak
from generator.cli.staff import add_staff
from generator.cli.start import add_start


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; the function to run stands in `run`."""
    speak()
    made = argparse.ArgumentParser(
        prog="stupeni",
        description="Портфолио школы -> запечатанные сайты. A school's portfolios -> sealed sites.",
    )
    words = "показать версию / show the version"
    told = f"stupeni {__version__}"
    made.add_argument("--version", action="version", version=told, help=words)
    made.set_defaults(lang="ru")
    commands = made.add_subparsers(required=True, metavar="КОМАНДА")
    groups = (
        add_start,
        add_school,
        add_adding,
        add_inbox,
        add_event,
        add_consent,
        add_files,
        add_sites,
        add_live,
        add_staff,
        add_review,
        add_sources,
        add_present,
        add_access,
        add_keys,
        add_register,
        add_hosting,
        add_editor,
    )
    for group in groups:
        group(commands)
    return made
