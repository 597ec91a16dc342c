"""The register's noun and chain -> register.md."""

from dataclasses import fields
from typing import get_args

from generator.model.event import Event, What
from generator.publish.register import BEGINNING
from tests.reference.markdown import table

FIELDS: dict[str, str] = {
    "at": "когда: день, время и часовой пояс",
    "what": "что произошло, слово из таблицы ниже",
    "about": "о ком: `id` учеников",
    "audiences": "кому: имена аудиторий, как в `access.yml`",
    "basis": "на каком основании, через пробел; `кому@` впереди, если основание не для всех",
    "by": "кто: `id` из `people.yml`, `login:<имя>` компьютера или `ci`",
    "tool": "программа и её номер",
    "details": "своё у каждого события, например ступень и отпечаток выпуска",
}
EVENTS: dict[What, str] = {
    "release": "выпущен сайт ступени; тот же самый выпуск второй раз не пишется",
    "cards": "сделаны карточки или файлы ключа",
    "export": "сведения переданы: выписка или копия портфолио семье",
    "archive": "портфолио сдано в архив",
    "access": "доступ выдан, заменён, приостановлен, возвращён",
    "incident": "записано происшествие",
}
GROUNDS = (
    ("consent:<ученик>/<согласие>", "согласие из `consent.yml`"),
    ("regulation:<день>", "приказ, которым утверждено положение"),
    ("order:<сотрудник>:<день>", "приказ о сотруднике из `people.yml`"),
)


def register() -> str:
    """What a line of the register holds, and how it is bound to the one before."""
    rows = ((f"`{field.name}`", FIELDS[field.name]) for field in fields(Event))
    kinds = ((f"`{what}`", EVENTS[what]) for what in get_args(What))
    return "\n".join((
        "# Журнал\n",
        "`school/register.jsonl`: строка на событие, каждая — JSON с ключами по алфавиту и без"
        " пробелов, в UTF-8. Пишет программа, руками не правят."
        " [Как вести журнал](../how-to/keep-the-register.md).\n",
        table(("поле", "что в нём"), rows),
        "## События\n",
        table(("`what`", "что произошло"), kinds),
        "## Основания\n",
        table(("`basis`", "что это"), ((f"`{one}`", words) for one, words in GROUNDS)),
        "## Цепочка\n",
        "`previous` — SHA-256 предыдущей строки без конца строки; в первой —"
        f" `{BEGINNING}`. Строка, недописанная при сбое, остаётся как есть. У следующей тогда"
        " стоит `\"torn\": true`, а её `previous` взят от последней целой строки и всех"
        " недописанных за ней, через конец строки.\n",
    ))  # fmt: skip
