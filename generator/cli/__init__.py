"""Arguments -> one call, words and progress -> an exit number. The front door."""

import atexit
import gc
import os
import sys
import traceback
from argparse import Namespace
from signal import SIGINT
from typing import NoReturn

from generator import __version__
from generator.cli.arguments import STOPPED
from generator.cli.events import print_stopped, print_trouble
from generator.cli.parser import parser
from generator.cli.tell import is_public, tell, tell_trouble
from generator.diagnostic import Text
from generator.stop import Stopped, listen, listen_no_more
from generator.trouble import Trouble
from generator.whole import refusal

_STOPPED = Text("Остановлено", "Stopped")
_OUR_BUG = Text(
    "это наша ошибка; пришлите разработчикам команду и всё, что ниже",
    "this is our bug; please send the developers the command and all that follows",
)


def main() -> None:
    """Runs one command and leaves with 0 (fine), 1 (something to mend), 2 (could not go on), or
    what a shell expects of somebody who was asked to stop."""
    arguments = Namespace(lang="ru")
    try:
        listen()
        arguments = parser().parse_args()
        _run(arguments)
    except KeyboardInterrupt as stopped:
        listen_no_more()
        _tell_stopped(stopped, arguments)


def _tell_stopped(stopped: KeyboardInterrupt, arguments: Namespace) -> NoReturn:
    asked = stopped if isinstance(stopped, Stopped) else Stopped(SIGINT)
    left = asked.left or Text("сайт не тронут", "the site was not touched")
    # A terminal has written ^C into this line.
    over = "\r\x1b[K" if sys.stderr.isatty() else ""
    tell(f"{over}{_STOPPED.get(arguments.lang)}: {left.get(arguments.lang)}")
    if getattr(arguments, "json", False):
        print_stopped(asked.exit, left, arguments.lang)
    # What is still in memory need not be put away: that would take longer than the rest.
    sys.stdout.flush()
    os._exit(asked.exit)


def _run(arguments: Namespace) -> NoReturn:
    # Nearly all that a run makes lives to its end: looking for what may go costs a tenth of it, and
    # at the end itself, when the machine gets all of it back at once, as much again.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        sys.exit(arguments.run(arguments))
    except Trouble as trouble:
        tell_trouble(trouble, arguments.lang)
        if getattr(arguments, "json", False):
            print_trouble(trouble, STOPPED, arguments.lang, public=is_public())
        sys.exit(STOPPED)
    except BrokenPipeError:
        # Whoever read our words has gone: `stupeni check | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(STOPPED)
    except Exception as bug:
        if isinstance(bug, OSError) and (told := refusal(bug)):
            tell_trouble(told, arguments.lang)
            sys.exit(STOPPED)
        tell(f"stupeni {__version__}: {_OUR_BUG.get(arguments.lang)}")
        if not is_public():
            raise
        # The words of an exception may be somebody's; on a public log only its way is told.
        tell("".join(traceback.format_tb(bug.__traceback__)) + type(bug).__name__)
        sys.exit(STOPPED)
