"""What `--json` prints -> events.md."""

from collections.abc import Mapping
from typing import get_args

from generator.progress import Stage
from tests.reference.markdown import table

_AT: Mapping[str, str] = {
    "stage": "что делается, слово из таблицы ниже",
    "done": "сколько сделано",
    "total": "сколько всего; 0, когда делать нечего",
    "seconds": "сколько секунд прошло с начала этого дела",
}
_EXIT = {"exit": "чем закончится команда, число из [команд](commands.md)"}
EVENTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "begun": ("дело началось", _AT),
    "done": ("дело идёт; не чаще двух раз в секунду", _AT),
    "ended": ("дело сделано", _AT),
    "left": ("дело прервано", _AT),
    "diagnostic": (
        "ошибка или замечание: те же поля, что печатает `check --format json`",
        {
            "file": "файл",
            "line": "строка, с 1; 0, когда речь о файле целиком",
            "column": "знак в строке, с 1",
            "width": "сколько знаков",
            "severity": "`error` или `warning`",
            "code": "код, [список](diagnostics.md)",
            "message": "что не так",
            "fix": "что делать",
        },
    ),
    "result": (
        "последнее событие: команда дошла до конца",
        {
            **_EXIT,
            "students": "сколько портфолио",
            "errors": "сколько ошибок",
            "warnings": "сколько замечаний",
            "levels": "выпущенные сайты, объект на ступень; пусто, когда не выпущено ничего",
        },
    ),
    "trouble": (
        "последнее событие: работа не могла продолжиться",
        {**_EXIT, "message": "почему", "fix": "что делать"},
    ),
    "stopped": (
        "последнее событие: работу остановили",
        {**_EXIT, "message": "что видят читатели теперь"},
    ),
}
"""What an event tells, and its fields."""
LEVEL: Mapping[str, str] = {
    "level": "`primary`, `basic`, `senior`",
    "folder": "папка сайта",
    "release": "отпечаток выпуска, как в журнале",
    "files": "сколько файлов",
    "changed": "сколько изменилось с прошлого выпуска; 0 — сайт тот же",
    "cards": "у скольких есть карточка",
}
STAGES: Mapping[Stage, tuple[str, str]] = {
    "fetching": ("спрашивает хранилища учеников; только `sources sync`", "ученики"),
    "shell": ("готовит оформление; только когда оно изменилось", "раз"),
    "files": ("сверяет, какие файлы изменились", "файлы"),
    "reading": (
        "читает тех, у кого что-то изменилось; `build` тут же проверяет и решает, кому что видно",
        "ученики",
    ),
    "checking": ("проверяет; `build` делает это вместе с чтением", "правила"),
    "scans": ("готовит новые сканы", "сканы"),
    "pages": ("делает и запечатывает страницы", "ученики"),
    "sweeping": ("ищет личные слова в том, что получилось", "сайты"),
    "publishing": ("выпускает", "сайты"),
}


def events() -> str:
    """Every event with its fields, and every stage."""
    rows = (
        (f"`{name}`", words, ", ".join(f"`{field}`" for field in fields))
        for name, (words, fields) in EVENTS.items()
    )
    told = {field: words for _, fields in EVENTS.values() for field, words in fields.items()}
    stages = ((f"`{stage}`", *STAGES[stage]) for stage in get_args(Stage))
    return "\n".join((
        "# События для программ\n",
        "`stupeni build --json` и `stupeni check --json` печатают в стандартный вывод объект JSON"
        " на строку. Имён учеников и файлов в ходе работы нет; в `diagnostic` файл есть, а в"
        " журнале, который могут прочитать чужие, вместо имён [знаки](commands.md). Новые поля и"
        " события могут появиться, названные здесь останутся.\n",
        table(("`event`", "что значит", "поля"), rows),
        "## Поля\n",
        table(("поле", "что в нём"), ((f"`{name}`", words) for name, words in told.items())),
        "## Ступень в `levels`\n",
        table(("поле", "что в нём"), ((f"`{name}`", words) for name, words in LEVEL.items())),
        "## Дела\n",
        table(("`stage`", "что делает", "что считает"), stages),
    ))  # fmt: skip
