"""There is no score, weight, rank or total of achievements anywhere (003 §3.4, R-080, R-081).

A lint over everything that could carry one: fields, words, templates, the code that fills them,
scripts and styles. What it lets pass is named with a reason; below, each rule is shown to fail.
"""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jinja2
import pytest
from jinja2 import nodes
from pydantic import BaseModel

import generator.model
import generator.pages
from generator.model.record import Record
from tests.test_catalogue import forms, read_catalogue, words_of
from tests.world import SCHEMA

ROOT = SCHEMA.parent
THEME = ROOT / "theme"

A_SCORE = re.compile(
    r"scores?|points?|weights?|ranks?|ratings?|totals?|percent(age)?|sums?|bally?|marks?|stars?"
)
NUMBERS = {
    "Gto.step": "the step of the norms, as in the certificate",
    "Activity.hours": "hours, as in the certificate",
    "Course.hours": "hours, as in the certificate",
    "Training.hours": "hours, as in the certificate",
    "Practice.hours": "hours, as in the certificate",
    "Volunteering.hours": "hours, as in the volunteer's book",
    "External.hours": "hours, as in the certificate",
    "SchoolClass.grade": "the grade a class is in",
    "ShownEntry.grade": "the grade the student was in",
    "Edition.grade": "the grade the student is in",
    "ShownPackage.grade": "the grade one moves up to",
    "Switches.student_signs_from": "an age",
    "Forms.signs_from": "an age",
    "Mask.page": "a page of a scan",
    "Mask.left": "a place on a page",
    "Mask.top": "a place on a page",
    "Mask.width": "a size on a page",
    "Mask.height": "a size on a page",
    "Rectangle.page": "a page of a scan",
    "Rectangle.left": "a place on a page",
    "Rectangle.top": "a place on a page",
    "Rectangle.width": "a size on a page",
    "Rectangle.height": "a size on a page",
    "Switches.remind_after_months": "months",
    "Epoch.epoch": "how often a code was replaced",
    "Holder.epoch": "how often a code was replaced",
    "Card.epoch": "how often a code was replaced",
    "Decision.epochs": "how often a key was replaced",
    "Published.epochs": "how often a code or key was replaced",
    "Rings.cards": "how often a code was replaced",
    "_Token.start": "a place in a text",
    "_Token.end": "a place in a text",
    "Event.details": "numbers of releases and lines, in the register",
    "Happening.details": "the same, of one child",
    "Extract.lines": "lines of the register",
    "Extract.broken": "a line of the register",
    "IncidentForm.number": "which incident of the school's it is, on paper for the administration",
    "ScanFile.size": "bytes of a file",
    "Packed.size": "bytes of a file",
    "Packed.start": "where it begins among others",
    "Field.bounds": "the least and the greatest that may be written, of a number that schools give",
    "Picture.width": "pixels",
    "Picture.height": "pixels",
    "Shot.width": "pixels",
    "Shot.height": "pixels",
    "Inside.width": "pixels",
    "Inside.height": "pixels",
    "Report.format_only": "files that say the same as before, for whoever reviews a change",
}
MARKS = {
    "Mark.mark": "as written in the e-journal, the only file where marks stand",
    "ShownMark.mark": "the same, for family and duty",
    "Edition.marks": "the same, for family and duty",
    "Switches.marks": "whether a family finds them",
    "StudentSummary.marks": "the same, for staff",
}
SAID = re.compile(
    r"\bбалл(?!он|ад)\w*|\bочк(?:и|ов|ам|ами|ах|о)\b|рейтинг\w*|\bранг\w*|\bитого\b|процент\w*"
    r"|набра(?:но|л\w*)\b|\bмест[оа]м? (?:в|среди|по) \w+|сумм[аыу]\b"
    r"|\b(?:scores?|points?|ranks?|ratings?|totals?)\b|percent\w*",
    re.IGNORECASE,
)
COUNTS = re.compile(r"\{(?:n|all|count|number|total|sum)\}")
LET_SAY = {
    ("en", "card-link"): "points a camera, gives no points",
    ("en", "event-screen"): "points a camera, gives no points",
    ("ru", "viewer-count"): "pictures of one work",
    ("en", "viewer-count"): "pictures of one work",
    ("ru", "seal-unknown-word"): "words of a code",
    ("en", "seal-unknown-word"): "words of a code",
    ("ru", "seal-word-count"): "words of a code",
    ("en", "seal-word-count"): "words of a code",
    ("ru", "extract-lines"): "lines of the register",
    ("en", "extract-lines"): "lines of the register",
    ("ru", "filtered"): "what a filter has left, told aloud only",
    ("en", "filtered"): "what a filter has left, told aloud only",
    ("ru", "decide-format-only"): "files that say the same as before, for whoever reviews a change",
    ("en", "decide-format-only"): "the same",
    ("ru", "decide-done"): "what is decided of a review, for the teacher alone",
    ("en", "decide-done"): "the same",
    ("ru", "who-entries"): "how much of a portfolio an audience that has not all of it is shown",
    ("en", "who-entries"): "the same",
    ("ru", "who-cut"): "the same",
    ("en", "who-cut"): "the same",
    ("ru", "cv-hours"): "how long one course was, as its paper says",
    ("en", "cv-hours"): "the same",
    ("ru", "page-of"): "which page of a scan",
    ("en", "page-of"): "which page of a scan",
}
COUNTING_FILTERS = {"length", "count", "sum"}
LOOP_NUMBERS = {"index", "index0", "revindex", "revindex0", "length"}
LET_NUMBER = {
    ("cards.html", "<ol>"): "the words of a code, to be typed in their order",
    ("invitation.html", "<ol>"): "the same",
    ("projector.html", "<ol>"): "the same",
    ("key-paper.html", "<ol>"): "the words of the master key, to be typed in their order",
    ("memo.html", "<ol>"): "three steps, done one after another",
    ("extract.html", ".count"): "lines of the register",
    ("decide.html", ".index"): "ids of headings",
    ("sections.html", ".count"): "forms of the word for what a filter has left, told aloud only",
}
COUNTING_CALLS = {"len", "sum", "Counter", "count", "enumerate"}
LET_COUNT = {
    ("decide.py", "len"): "changes of a whole class that wait for its teacher, of no one child",
    ("decide.py", "sum"): "the same",
    ("duty.py", "len"): "what waits for those on duty in a class and on a level, of no one child",
    ("decide.py", "enumerate"): "what stands between quotes",
    ("seen.py", "len"): "how much of a portfolio an audience that has not all of it is shown",
    ("seen.py", "count"): "the same",
    ("cv.py", "count"): "the word that stands with the hours of one course",
    ("works.py", "enumerate"): "which page of a scan of several pages",
    ("homes.py", "enumerate"): "the order of the pages that a first page leads to",
}
LET_PRINT = {
    ("decide.js", '.filter((it) => it.state !== "skipped").length'): "what is decided of a review",
    ("decide.js", 'replace("{all}", open.length)'): "the same",
    ("find.js", "% books.length"): "behind the last page of an index comes its first",
    ("viewer.js", 'replace("{all}", set.length)'): "pictures of one work",
    ("story.js", "rule.select(shown.length)].replace(/\\d+/, shown.length)"): "what a filter has "
    "left, told aloud only",
}
CSS_COUNTER = re.compile(r"\bcounters?\(|counter-(?:increment|reset|set)")


def models_of(*rooms: Any) -> list[type]:
    """Every pydantic record and dataclass that lives in these packages."""
    found = []
    for room in rooms:
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                ours = one.__module__ == module.name
                if ours and (issubclass(one, BaseModel) or dataclasses.is_dataclass(one)):
                    found.append(one)
    return found


def fields_of(model: type) -> Mapping[str, Any]:
    """Field -> its type, of a record or a dataclass."""
    if issubclass(model, BaseModel):
        return {name: field.annotation for name, field in model.model_fields.items()}
    assert dataclasses.is_dataclass(model)
    hints = get_type_hints(model)
    return {field.name: hints[field.name] for field in dataclasses.fields(model)}


def numbers_in(annotation: Any) -> bool:
    """Whether a number can stand there; a flag is none."""
    return annotation in (int, float, complex) or any(map(numbers_in, get_args(annotation)))


def scores_in(models: Iterable[type]) -> list[str]:
    """Fields that are called like a score, or hold a number that nobody vouched for."""
    found = []
    for model in models:
        for name, annotation in fields_of(model).items():
            where = f"{model.__name__}.{name}"
            named = any(A_SCORE.fullmatch(part) for part in name.casefold().split("_"))
            if named and where not in MARKS:
                found.append(where)
            elif numbers_in(annotation) and where not in NUMBERS:
                inherited = [f"{one.__name__}.{name}" for one in model.__mro__]
                found += [where] if not set(inherited) & NUMBERS.keys() else []
    return found


def scores_said(name: str, text: str) -> list[str]:
    """Lines of words that speak of scores, or print a number into a sentence."""
    found = []
    for line in text.splitlines():
        said = SAID.search(line) or (COUNTS.search(line) if name in ("ru", "en") else None)
        key = line.strip().partition(":")[0]
        if said and (name, key) not in LET_SAY:
            found.append(f"{name}: {line.strip()}")
    return found


def words_in(path: Path) -> tuple[str, str]:
    """A file's name and lines; of a catalogue its language, and a line for each of its texts."""
    if path.suffix != ".po":
        return path.name, read(path)
    found = words_of(read_catalogue(path)).items()
    lines = (f"{name}: " + " ".join(" ".join(forms(one)).split()) for name, one in found)
    return path.parents[1].name, "\n".join(lines)


def counts_in_template(name: str, text: str) -> list[str]:
    """How many there are, where it could be printed; asking «more than one?» prints nothing."""
    found = [
        f"{name}: <ol>" for _ in re.findall(r"<ol\b", text) if (name, "<ol>") not in LET_NUMBER
    ]
    for node in _printed(jinja2.Environment().parse(text)):
        if isinstance(node, nodes.Filter) and node.name in COUNTING_FILTERS:
            found.append(f"{name}:{node.lineno}: |{node.name}")
        if isinstance(node, nodes.Getattr) and node.attr in LOOP_NUMBERS | {"count", "__len__"}:
            let = (name, f".{node.attr}") in LET_NUMBER
            found += [] if let else [f"{name}:{node.lineno}: .{node.attr}"]
    return found


def _printed(node: nodes.Node) -> Iterator[nodes.Node]:
    """Every node that is not asked only."""
    yield node
    asked = node.test if isinstance(node, nodes.If | nodes.CondExpr | nodes.For) else None
    for inner in node.iter_child_nodes():
        if inner is not asked:
            yield from _printed(inner)


def counts_in_python(name: str, text: str) -> list[str]:
    """Calls that count, where the answer is not only compared."""
    tree = ast.parse(text)
    compared = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for inner in (node.left, *node.comparators)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node not in compared:
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in COUNTING_CALLS and (name, called) not in LET_COUNT:
                found.append(f"{name}:{node.lineno}: {called}")
    return found


def counts_in_script(name: str, text: str) -> list[str]:
    """Lengths and sums that a script does not only compare."""
    compares = r"[=!]==?|[<>]=?"
    asked = re.compile(
        rf"\.(?:length|size)\s*(?:{compares})|(?:while|if) \([\w.]+\.(?:length|size)\)"
    )
    asks = re.compile(rf"(?:{compares})\s*[\w.]+\.(?:length|size)")
    found = []
    for line in text.splitlines():
        let = [snippet for file, snippet in LET_PRINT if file == name and snippet in line]
        rest = asks.sub("", asked.sub("", line.replace(let[0], "") if let else line))
        if re.search(r"\.(?:length|size|reduce|count)\b(?!\.replace)", rest):
            found.append(f"{name}: {line.strip()}")
    return found


WORDS = [
    *sorted((SCHEMA / "labels").glob("*.yml")),
    *sorted((SCHEMA / "vocabulary").glob("*.yml")),
    *sorted(SCHEMA.glob("*.schema.json")),
    SCHEMA / "switches.yml",
    *sorted(THEME.rglob("*.po")),
]
TEMPLATES = sorted(THEME.rglob("*.html"))
FILLS = [
    *sorted((ROOT / "generator/pages").glob("*.py")),
    *sorted((ROOT / "generator/decide").glob("*.py")),
]
# theme/seal reads bytes and the words of codes; it does not know what an entry is.
SCRIPTS = sorted((THEME / "js").glob("*.js"))
STYLES = sorted((THEME / "css").glob("*.css"))
MODELS = models_of(generator.model, generator.pages)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.covers("R-080", "R-081")
def test_no_field_holds_a_score() -> None:
    assert {"Contest", "Edition", "Album", "Mark"} <= {one.__name__ for one in MODELS}
    assert scores_in(MODELS) == []


@pytest.mark.covers("R-080")
@pytest.mark.parametrize("path", WORDS, ids=lambda path: words_in(path)[0])
def test_no_words_speak_of_scores(path: Path) -> None:
    assert scores_said(*words_in(path)) == []


@pytest.mark.covers("R-080")
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_prints_how_many(path: Path) -> None:
    assert counts_in_template(path.name, read(path)) == []


@pytest.mark.covers("R-080")
@pytest.mark.parametrize("path", FILLS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_code_that_fills_pages_counts(path: Path) -> None:
    assert counts_in_python(path.name, read(path)) == []


@pytest.mark.covers("R-080")
@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_no_script_and_no_style_counts_on_the_page(path: Path) -> None:
    if path.suffix == ".css":
        # A sheet of paper may be numbered.
        assert CSS_COUNTER.search(read(path).replace("counter(page)", "")) is None
    else:
        assert counts_in_script(path.name, read(path)) == []


def test_nothing_is_let_pass_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    vouched = (*NUMBERS, *MARKS)
    for let, find, paths in (
        (LET_SAY, scores_said, WORDS),
        (LET_NUMBER, counts_in_template, TEMPLATES),
        (LET_COUNT, counts_in_python, FILLS),
        (LET_PRINT, counts_in_script, SCRIPTS),
    ):
        for file, what in tuple(let):
            monkeypatch.delitem(let, (file, what))
            found = [one for path in paths for one in find(*words_in(path))]
            assert any(one.startswith(file) and what in one for one in found), (file, what)
        assert let == {}
    for where in vouched:
        monkeypatch.delitem(NUMBERS if where in NUMBERS else MARKS, where)
    # What a kind of entry has from another record is vouched for once.
    assert set(vouched) <= set(scores_in(MODELS))


class Scored(Record):
    score: int


class Starred(Record):
    stars_given: str


class Nested(Record):
    places: tuple[tuple[str, int], ...] = ()


class Optional(Record):
    share: float | None = None


@dataclasses.dataclass(frozen=True)
class Ranked:
    rank: str


@dataclasses.dataclass(frozen=True)
class Total:
    works: int


@pytest.mark.parametrize("model", [Scored, Starred, Nested, Optional, Ranked, Total])
def test_a_field_with_a_score_would_be_found(model: type) -> None:
    (name,) = fields_of(model)

    assert scores_in([model]) == [f"{model.__name__}.{name}"]


@pytest.mark.parametrize(
    "line",
    [
        "title: Сколько набрано баллов",
        "ru: место в рейтинге",
        "description: Итого за год.",
        "meaning: Первое место среди всех.",
        '"points": "12 очков"',
        "en: total of achievements",
    ],
)
def test_words_of_a_score_would_be_found(line: str) -> None:
    assert scores_said("a.yml", line) == [f"a.yml: {line}"]


def test_a_number_in_a_sentence_of_the_pages_would_be_found() -> None:
    line = '"works": "Работ: {n}",'

    assert scores_said("ru", line) == [f"ru: {line}"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ entries|length }}",
        "{{ entries | selectattr('result') | list | count }}",
        "{{ entries|sum(attribute='hours') }}",
        "{% set n = entries|length %}{{ n }}",
        "{% for entry in entries %}{{ loop.index }}. {{ entry.title }}{% endfor %}",
        "{{ 'Работ: ' ~ entries|length if entries|length > 1 else '' }}",
        "<ol>{% for entry in entries %}<li>{{ entry.title }}</li>{% endfor %}</ol>",
        "{% if entries|length > 1 %}{{ plural(entries|length) }}{% endif %}",
    ],
)
def test_a_template_that_counts_would_be_found(template: str) -> None:
    assert len(counts_in_template("a.html", template)) == 1


def test_a_template_may_ask_whether_there_is_more_than_one() -> None:
    asks = "{% if entries|length > 1 %}{{ 'yes' if scans|length > 1 else 'no' }}{% endif %}"

    assert counts_in_template("a.html", asks) == []


@pytest.mark.parametrize(
    "code",
    [
        'title = f"{len(entries)}"',
        "words = sum(1 for _ in entries)",
        "most = Counter(entries)",
        "for number, entry in enumerate(entries): pass",
        "n = titles.count(title)",
    ],
)
def test_code_that_counts_would_be_found(code: str) -> None:
    assert len(counts_in_python("a.py", code)) == 1
    assert counts_in_python("a.py", "searched = len(cards) >= 20") == []


@pytest.mark.parametrize(
    "code",
    [
        "title.textContent = entries.length;",
        "more.textContent = `ещё ${entries.length - 3}`;",
        "if (entries.length > 1) title.append(entries.length);",
        "const all = hours.reduce((sum, one) => sum + one, 0);",
        "badge.textContent = String(seen.size);",
    ],
)
def test_a_script_that_counts_would_be_found(code: str) -> None:
    assert counts_in_script("a.js", code) == [f"a.js: {code}"]
    assert counts_in_script("a.js", "menu.hidden = entries.length === 0;") == []


def test_a_style_that_counts_would_be_found() -> None:
    assert CSS_COUNTER.search(".st-entry::before { content: counter(works); }")
    assert CSS_COUNTER.search(".st-entry { counter-increment: works; }")
