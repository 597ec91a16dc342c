"""schema/requirements.yml and the tests -> regulation.md. Which test proves which clause?"""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from xml.etree import ElementTree

from pydantic import StringConstraints

from generator.model.record import FileRecord, Line, Record
from generator.source import Document, read_document
from tests.covers import Proof, proofs
from tests.reference.markdown import plain, table
from tests.world import SCHEMA

Results = Mapping[tuple[str, str], bool]
"""Module and name of a test that was run -> whether it passed."""
REGULATIONS = {
    "000": "учёт результатов и поощрений, основная школа",
    "001": "учёт результатов, средняя школа",
    "002": "учёт с дистанционным обучением, защита данных",
    "003": "электронное портфолио",
    "004": "учёт в центре дополнительного образования",
}
WHEN = {"M": "первый выпуск", "S": "скоро", "L": "потом"}


class Requirement(Record):
    """One testable feature of the regulations."""

    feature: Line
    clauses: tuple[
        Annotated[str, StringConstraints(pattern=r"^00[0-4] (§\d[\d.-]*|\w+)$")], ...
    ] = ()
    priority: Literal["M", "S", "L"]
    room: Line


class Requirements(FileRecord):
    """schema/requirements.yml"""

    requirements: Mapping[str, Requirement]


def read_requirements() -> Mapping[str, Requirement]:
    """Every requirement by its number."""
    document = read_document(SCHEMA, "requirements.yml")
    assert isinstance(document, Document), document
    return Requirements.model_validate(document.value).requirements


def read_results(path: Path) -> Results:
    """What the last run said, from the file that `pytest --junitxml` wrote."""
    cases = ElementTree.parse(path).iter("testcase")
    return {
        (case.get("classname", ""), case.get("name", "")): not {one.tag for one in case}
        & {"failure", "error", "skipped"}
        for case in cases
    }


def regulation(results: Results | None = None) -> str:
    """Clauses -> requirements -> tests; with `results`, how the tests ended last time."""
    required, proved = read_requirements(), defaultdict(list)
    for proof in proofs():
        proved[proof.requirement].append(proof)
    parts = [
        "# Пункты положений\n",
        "Каждый пункт пяти положений, что из него вышло и какой тест покраснеет, если это"
        " сломать. «Открыто» — теста пока нет, а часто нет и самого свойства: рядом стоит комната"
        ' дома, которой оно принадлежит. Тест отмечают так: `@pytest.mark.covers("R-060")`,'
        " а готовый пример — строкой `covers: [R-060]`.\n",
        *(_clauses(number, required) for number in REGULATIONS),
        "## Свойства и тесты\n",
    ]
    rows = (
        (
            f'<span id="{number.lower()}"></span>{number}',
            plain(one.feature),
            WHEN[one.priority],
            f"`{one.room}`",
            "<br>".join(_proof(proof, results) for proof in proved[number]) or "**открыто**",
        )
        for number, one in required.items()
    )
    parts.append(table(("номер", "свойство", "когда", "комната", "тесты"), rows))
    return "\n".join(parts)


def _clauses(regulation: str, required: Mapping[str, Requirement]) -> str:
    found = defaultdict(list)
    for number, one in required.items():
        for clause in one.clauses:
            if clause.startswith(f"{regulation} "):
                found[clause.partition(" ")[2]].append(f"[{number}](#{number.lower()})")
    rows = ((clause, ", ".join(found[clause])) for clause in sorted(found, key=_in_order))
    head = f"## {regulation} — {REGULATIONS[regulation]}\n"
    return f"{head}\n{table(('пункт', 'свойства'), rows)}"


def _in_order(clause: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", clause)], clause


def _proof(proof: Proof, results: Results | None) -> str:
    name = f"`{proof.name}`"
    if results is None:
        return name
    room = proof.file.split("/")[1] if "/" in proof.file else ""
    module = f"tests.test_{room}" if room else f"tests.{proof.file.removesuffix('.py')}"
    ends = proof.test if room else ""
    said = [
        passed
        for (file, test), passed in results.items()
        if file == module and (test.endswith(ends) if room else test.split("[")[0] == proof.test)
    ]
    return f"{name} — {'не было' if not said else 'прошёл' if all(said) else 'не прошёл'}"
