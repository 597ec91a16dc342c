"""What a school says of itself -> the files of its own repository. What does it begin with?"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.curate.ci import Forge, Way, ci_files
from generator.curate.names import Name, name_in, propose_id
from generator.diagnostic import Text, quote
from generator.model.record import Line
from generator.model.schemas import editor_settings
from generator.model.school import LEVELS, Settings, year_of
from generator.source import Fields, Value, in_order, yaml_of
from generator.trouble import Trouble

_TEMPLATES: Mapping[Forge, str] = {
    "forgejo": ".gitea/PULL_REQUEST_TEMPLATE.md",
    "gitlab": ".gitlab/merge_request_templates/Default.md",
    "github": ".github/PULL_REQUEST_TEMPLATE.md",
}
_OWN = "# Портфолио учеников: у каждого своё хранилище\n/portfolios/students/\n"
_ADDRESS = "https://git.school.example"
_DRAFT = "проект"
"""What stands for the number of a paper that is not signed yet: it is one of that day."""


@dataclass(frozen=True)
class Start:
    """What was answered."""

    name: str
    short_name: str
    way: Way
    forge: Forge
    person: str
    """Full name of whoever answers for the portfolios."""
    order: str
    """Number of the order that approves the regulation; empty while there is none."""
    order_on: dt.date
    """Its day; the day of the draft while there is none."""
    council: str
    """Number of the pedagogical council's protocol; empty while there is none."""
    server: str
    """Address of the forge; empty while it is not known."""
    owner: str
    """Organisation or group at the forge; empty while there is none."""
    site: str
    """16 random hex digits."""
    today: dt.date
    version: str
    """Of the program."""


def first_files(start: Start, home: Path) -> dict[str, str]:
    """Path -> text of every file a school's repository begins with."""
    schema, texts = home / "schema", home / "schema" / "start"
    read = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(texts.iterdir())
        if path.is_file()
    }
    readme = read["README.md"].replace("{{ name }}", start.name)
    readme = readme.replace("{{ way }}", read[f"{start.way}.md"].rstrip())
    readme = readme.replace("{{ address }}", start.server.rstrip("/") or _ADDRESS)
    readme = readme.replace("{{ owner }}", start.owner or "shkola")
    forge = "forgejo" if start.forge == "none" else start.forge
    files = {
        "README.md": readme.replace("{{ forge }}", forge),
        ".gitignore": read["gitignore"] + (_OWN if start.way == "pinned" else ""),
        ".gitattributes": read["gitattributes"],
        ".editorconfig": read["editorconfig"],
        "requirements.txt": f"stupeni[tables]=={start.version}\n",
        ".vscode/settings.json": editor_settings(".vscode/schema"),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }
    for path in sorted(schema.glob("*.schema.json")):
        files[f".vscode/schema/{path.name}"] = path.read_text(encoding="utf-8")
    if start.forge in _TEMPLATES:
        files[_TEMPLATES[start.forge]] = read["review.md"]
    checks = ci_files(start.forge, start.way, home, None, start.version)
    files |= {path: content.decode() for path, content in checks.items()}
    return files | {f"portfolios/{name}": text for name, text in _portfolios(start).items()}


def _portfolios(start: Start) -> dict[str, str]:
    year = year_of(start.today)
    once = "Событие вносят один раз, записи на него ссылаются"
    return {
        "school/school.yml": _settings(start),
        "school/people.yml": _people(start),
        f"school/classes/{year}.yml": yaml_of({"year": year, "classes": []}),
        "school/events.yml": yaml_of({"events": []}, once),
    }


def _settings(start: Start) -> str:
    fields: Fields = {
        "site": start.site,
        "name": start.name,
        "short_name": start.short_name,
        "language": "ru",
        "regulation": {
            "title": "Положение о портфолио обучающихся",
            "council": {"number": start.council or _DRAFT, "date": start.order_on},
            "order": {"number": start.order or _DRAFT, "date": start.order_on},
        },
    }
    if start.server and start.owner and start.forge != "none":
        fields["forge"] = {
            "kind": start.forge, "address": start.server.rstrip("/"), "owner": start.owner,
        }  # fmt: skip
    head = (
        "Настройки школы. site — номер, который никогда не меняют.\n"
        "Положение: впишите номер и день протокола педсовета (council) и приказа (order).\n"
        "Где будут стоять сайты (hosting) и что решает школа (switches), подскажет редактор."
    )
    return yaml_of(in_order(Settings, fields), head)


def _people(start: Start) -> str:
    name = _full_name(start.person)
    levels: list[Value] = [*LEVELS]
    person: Fields = {
        "id": propose_id(Name(name.surname, ""), ()),
        "name": name.whole,
        "roles": ["deputy-head"],
        "levels": levels,
    }
    if start.order:  # a draft appoints nobody
        person["orders"] = [{"number": start.order, "date": start.order_on}]
    head = (
        "Кто работает с портфолио и каким приказом. Роли: head, deputy-head, class-teacher,\n"
        "subject-teacher, extra-teacher. Без приказа (orders) подтверждать записи нельзя."
    )
    return yaml_of({"people": [person]}, head)


def _full_name(text: str) -> Name:
    name = name_in(text)
    if name is None:
        raise Trouble(
            Text(f"{quote(text)} — не фамилия, имя и отчество", f"{quote(text)} is no full name"),
            Text("напишите, например: Орлова Вера Николаевна", "e.g.: Orlova Vera Nikolaevna"),
        )
    return name


def refuse_lines(*texts: str) -> None:
    """Trouble when one of these cannot stand in one line of a file."""
    for text in texts:
        try:
            TypeAdapter(Line).validate_python(text if text.isprintable() else "")
        except ValidationError:
            raise Trouble(
                Text(f"{quote(text)}: нужна одна строка из обычных знаков, до 300",
                     f"{quote(text)}: one line of at most 300 plain signs is needed"),
                Text("напишите короче", "write less"),
            ) from None  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
