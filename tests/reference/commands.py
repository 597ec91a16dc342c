"""The door's parser -> commands.md. What can one type?"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from generator.cli.parser import parser as door
from tests.reference.markdown import table

EXITS = (
    (0, "всё в порядке"),
    (1, "в портфолио есть что исправить; прежний сайт не тронут"),
    (2, "работа не могла продолжиться: напечатано почему и что делать"),
    (130, "остановлено с клавиатуры (Ctrl-C): напечатано, что видят читатели"),
    (143, "остановлено сигналом SIGTERM, например сервером сборки; то же самое"),
)


def commands() -> str:
    """Every command with every argument, as the parser knows them, and the exit numbers."""
    parts = [
        "# Команды\n",
        "После `make site` команда лежит в `.venv/bin/stupeni`."
        " Слова после косой черты — то же по-английски.\n",
    ]
    for name, parser in parsers(door(), "stupeni"):
        arguments = [a for a in parser._actions if not isinstance(a, argparse._SubParsersAction)]
        parts.append(f"## `{name}`\n")
        parts.append(f"{parser.description}\n" if parser.description else "")
        parts.append(table(("что", "значит", "если не указать"), map(_argument, arguments)))
    numbers = ((f"`{number}`", words) for number, words in EXITS)
    parts.append("## Чем заканчивается команда\n")
    parts.append(table(("число", "значит"), numbers))
    parts.append(
        "Вид ответа `full` — для человека, `concise` — одна строка на ошибку, `json` — для своих"
        " программ, `github` — пометки GitHub Actions, `gitlab` — отчёт GitLab Code Quality,"
        " `sarif` — журнал SARIF 2.1.0 со страницей каждого кода.\n"
    )
    parts.append(
        "Ход работы — строка на дело: на экране она переписывается на месте, в журнале сборки"
        " печатается в конце дела, а у долгого — раз в десять секунд. `--progress plain` — простые"
        " строки и на экране, например для программы, которая читает вслух. Для своих программ"
        " — `--json`: [события](events.md). Цветов нет.\n"
    )
    parts.append(
        "Ctrl-C останавливает команду в любую минуту: прежний сайт цел, готовые сканы второй раз"
        " не готовятся.\n"
    )
    parts.append(
        "Секреты лежат в папке `--private`, иначе в той, что названа переменной `STUPENI_PRIVATE`,"
        " иначе в `~/.stupeni`.\n"
    )
    parts.append(
        "Журнал сборки на GitHub, GitLab, Jenkins и других (`CI`, `GITHUB_ACTIONS`,"
        " `GITLAB_CI`, `BUILD_NUMBER`, `TF_BUILD` и подобные, если в них не `0` и не `false`)"
        " могут прочитать чужие. Там личные слова не печатаются, а вместо имён папок стоят"
        " знаки. Их не подобрать по списку класса: в них замешан ключ из папки `--private`,"
        " порядок строк — по знакам. Есть ключ — у ребёнка один и тот же знак в каждом"
        " журнале; нет — в каждом запуске другой. Кто это, видно на своём компьютере: `stupeni"
        " check`. Если журнал видят только сотрудники: `STUPENI_LOG=private`; если видят все,"
        " а программа этого не узнала: `STUPENI_LOG=public`.\n"
    )
    return "\n".join(part for part in parts if part)


def parsers(
    parser: argparse.ArgumentParser, name: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every parser that does or leads to something, by the words one types."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from parsers(inner, f"{name} {word}")


def _argument(action: argparse.Action) -> tuple[str, str, str]:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    value = metavar or (action.dest.upper() if action.nargs != 0 else "")
    names = action.option_strings or [metavar]
    called = [f"{name} {value}" if name.startswith("--") and value else name for name in names]
    choices = ", ".join(f"`{choice}`" for choice in action.choices or ())
    words = {"show this help message and exit": "показать подсказку / show help"}
    said = words.get(action.help or "", action.help or "")
    if isinstance(action, argparse._VersionAction):
        said = "показать номер версии / show the version"
    meant = "; ".join(filter(None, (said, choices)))
    return ", ".join(f"`{name}`" for name in called), meant, _default(action)


def _default(action: argparse.Action) -> str:
    if action.default in (None, argparse.SUPPRESS, False):
        return "" if action.option_strings else "нужно указать"
    return f"`{str(action.default).replace(str(Path.home()), '~')}`"
