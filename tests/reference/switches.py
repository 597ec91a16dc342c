"""schema/switches.yml and the model -> switches.md. What does a school decide itself?"""

from collections.abc import Mapping

from generator.model.record import FileRecord, Line, Record
from generator.model.school import Switches
from generator.source import Document, read_document
from tests.reference.markdown import plain, table
from tests.wording import WORDS
from tests.world import SCHEMA


class Answer(Record):
    """One of the answers, and the clauses that give it."""

    write: Line
    means: Line
    clauses: tuple[Line, ...]


class Switch(Record):
    """Where the regulations differ."""

    question: Line
    answers: tuple[Answer, ...]
    why: Line


class SwitchFile(FileRecord):
    """schema/switches.yml"""

    switches: Mapping[str, Switch]


def read_switches() -> Mapping[str, Switch]:
    """Every switch by its key in school.yml."""
    document = read_document(SCHEMA, "switches.yml")
    assert isinstance(document, Document), document
    return SwitchFile.model_validate(document.value).switches


def default_of(key: str) -> str:
    """What holds when a school says nothing, as it would be written."""
    default = Switches.model_fields[key].default
    if isinstance(default, bool):
        return str(default).lower()
    return "[]" if default == () else str(default)


def switches() -> str:
    """Every switch: the question, the answers with their clauses, the default and why."""
    parts = [
        "# Что решает школа\n",
        "Положения пяти школ кое в чём расходятся. В таких местах решает не программа, а школа:"
        " одной строкой под `switches` в `school/school.yml`. Пункты — начало имени файла положения"
        " и номер; слова пересказаны.\n",
    ]
    for key, switch in read_switches().items():
        label = WORDS.labels.field(Switches, key)
        rows = (
            (f"`{one.write}`", plain(one.means), ", ".join(one.clauses)) for one in switch.answers
        )
        parts += [
            f"## {label.title} {{ #{key} }}\n",
            f"`{key}` — {plain(switch.question)}\n",
            table(("что писать", "что значит", "пункты"), rows),
            f"Если не сказано: `{default_of(key)}`. {plain(switch.why)}\n",
        ]
    return "\n".join(parts)
