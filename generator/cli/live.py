"""Pages on this computer: `serve`, `preview`. What does one see before anything is hosted?"""

import argparse
import threading
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from generator.cli.arguments import FINE, add, chance, command, job_of
from generator.cli.tell import print_mistakes, tell, tell_trouble
from generator.diagnostic import Diagnostic, Place, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.flow.job import Found
    from generator.flow.sites import Built
    from generator.serve import Answer, Server
    from generator.serve.live import Board

_LAST_PORT = 65535
_LEVELS = ("primary/", "basic/", "senior/")
_ROUND = 1.0
"""Seconds after which we ask again what was saved."""
_GOOD_BYE = 1.0
"""Seconds that open pages have to hear that it is over."""
_WATCHING = Text(
    "Слежу за файлами: сохраните любой, и страница обновится сама. Остановить: Ctrl-C",
    "Watching the files: save one, and the page will show it. To stop: Ctrl-C",
)
_MENDED = Text("Исправлено: всё в порядке", "Mended: all is well")


class Shown(Protocol):
    """What is made again whenever a file is saved."""

    @property
    def version(self) -> str:
        """Another one whenever a page is."""

    @property
    def is_behind(self) -> bool:
        """Whether pages show less than the files say, because these cannot be shown."""

    def look(self, changed: Set[str]) -> bool:
        """Makes anew what these files are in, everything when none is named; whether any is."""

    def find_mistakes(self) -> "Found | Built":
        """What there is to mend now."""

    def find(self, path: str) -> "Answer | None":
        """What a browser gets at a path."""


def add_live(commands: Any) -> None:
    """What shows pages on this computer."""
    here = "показать на этом компьютере / serve on this computer"
    serve = command(commands, "serve", run_serve, here)
    add(serve, "path", "--output", "--private", "--date", "--by")
    _add_port(serve)
    again = (
        "собирать и обновлять страницу после каждого сохранения / build and reload on every save"
    )
    serve.add_argument("--watch", action="store_true", help=again)
    before = "кто что увидит, пока ничего не опубликовано / who would see what, nothing published"
    preview = command(commands, "preview", run_preview, before)
    who = "папка ученика, например belova-anna / the student's folder"
    preview.add_argument("student", metavar="УЧЕНИК", help=who)
    add(preview, "path", "--private", "--date")
    _add_port(preview)
    whose = "чьими глазами / whose eyes: family, class, level, teacher, staff, commission, public"
    preview.add_argument("--as", dest="audience", metavar="ЧИТАТЕЛЬ", help=whose)


def _add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="порт / port")


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= _LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"от 0 до {_LAST_PORT} / 0 to {_LAST_PORT}")


def run_serve(arguments: argparse.Namespace) -> int:
    """Serves the sites on this computer only, until Ctrl-C; builds them as well when it watches."""
    from generator.flow.plain import read_doors
    from generator.serve import Served, open_server
    from generator.serve.sites import read_site, refuse_nothing

    if arguments.watch:
        from generator.flow.live import Sites

        return _follow(arguments, Sites(partial(job_of, arguments)), _LEVELS)
    refuse_nothing(arguments.output)
    doors = read_doors(job_of(arguments), arguments.lang)
    find = partial(read_site, arguments.output, doors)
    with open_server(arguments.port, Served(find)) as server:
        _print_addresses(server, _LEVELS)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how one stops looking
            server.serve_forever()
    return FINE


def run_preview(arguments: argparse.Namespace) -> int:
    """Shows one student in clear on this computer only, until Ctrl-C."""
    from generator.flow.preview import Preview, path_of

    path = path_of(arguments.audience)
    return _follow(arguments, Preview(partial(job_of, arguments), arguments.student), (path,))


def _follow(arguments: argparse.Namespace, shown: Shown, paths: tuple[str, ...]) -> int:
    """Shows what there is, and what there is after every save."""
    from generator.load.folders import refuse_nowhere
    from generator.serve import Served, open_server
    from generator.serve.live import Board
    from generator.watch import watching

    job, board = job_of(arguments), Board(chance())
    refuse_nowhere(job.portfolios)  # what is not there cannot be watched
    place = Served(shown.find, chance(), board)
    look = _Looker(arguments, shown, board)
    folders = (job.portfolios, job.home / "theme", job.home / "schema")
    with open_server(arguments.port, place) as server, watching(folders) as changes:
        look.first()
        # Ctrl-C is how one stops looking.
        with suppress(KeyboardInterrupt), _serving(server, board):
            _print_addresses(server, paths)
            tell(_WATCHING.get(arguments.lang))
            while True:
                if changed := changes.wait(_ROUND):
                    look.again(changed)
    return FINE


class _Looker:
    """Tells the person at the terminal and every open page what a look came to."""

    def __init__(self, arguments: argparse.Namespace, shown: Shown, board: "Board") -> None:
        self._arguments, self._shown, self._board = arguments, shown, board
        self._said: tuple[Diagnostic, ...] = ()
        self._title = ""

    def first(self) -> None:
        """Trouble at the very beginning ends it."""
        self._shown.look(frozenset())
        self._tell(self._shown.find_mistakes())

    def again(self, changed: frozenset[str]) -> None:
        """Trouble later on is told, and we wait until it is mended."""
        try:
            if not self._shown.look(changed):
                return
            self._put_up()  # the page first: what is said of it may come a moment later
            self._tell(self._shown.find_mistakes())
        except Trouble as trouble:
            tell_trouble(trouble, self._arguments.lang)
            place = Place("")
            self._said = (Diagnostic(place, "cannot-go-on", trouble.message, trouble.hint),)
            self._title = ""
            self._put_up()

    def _tell(self, found: "Found | Built") -> None:
        from generator.say import summary

        lang, before = self._arguments.lang, self._said
        self._said = found.diagnostics
        self._title = summary(found.diagnostics, found.students, lang)
        if self._said and self._said != before:
            print_mistakes(found, self._arguments)
        elif before and not self._said:
            tell(_MENDED.get(lang))
        self._put_up()

    def _put_up(self) -> None:
        from generator.say import Panel, to_panel

        board, shown = self._board, self._shown
        panel = Panel(shown.version, shown.is_behind, self._title, board.word)
        board.tell(to_panel(panel, self._said, self._arguments.lang))


@contextmanager
def _serving(server: "Server", board: "Board") -> Iterator[None]:
    """Answers browsers from a thread of its own, and tells them when it is over."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        board.end(_GOOD_BYE)
        server.shutdown()
        thread.join()


def _print_addresses(server: "Server", paths: tuple[str, ...]) -> None:
    for path in paths:
        print(f"{server.address}{path}", flush=True)
