"""Arguments -> one call, words and progress -> an exit number. The front door."""

import gc
import os
import sys
import traceback

from generator import __version__
from generator.cli.arguments import STOPPED
from generator.cli.parser import parser
from generator.cli.tell import is_public, tell, tell_trouble
from generator.diagnostic import Text
from generator.trouble import Trouble
from generator.whole import refusal

_OUR_BUG = Text(
    "это наша ошибка; пришлите разработчикам команду и всё, что ниже",
    "this is our bug; please send the developers the command and all that follows",
)


def main() -> None:
    """Runs one command and leaves with 0 (fine), 1 (something to mend) or 2 (could not go on)."""
    arguments = parser().parse_args()
    # Nearly all that a run makes lives to its end: looking for what may go costs a tenth of it.
    gc.set_threshold(100_000)
    try:
        sys.exit(arguments.run(arguments))
    except Trouble as trouble:
        tell_trouble(trouble, arguments.lang)
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
    except KeyboardInterrupt:
        stopped = Text("остановлено; прежний сайт не тронут", "stopped; the site is as it was")
        tell(f"\nstupeni: {stopped.get(arguments.lang)}")
        sys.exit(STOPPED)
