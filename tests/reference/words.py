"""Vocabularies and acts -> vocabularies.md, acts.md. Which words are there, and which laws?"""

import re
from collections.abc import Iterator
from typing import get_args

from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.law import LegalAct
from generator.model.vocabulary import PaperDetail, Term, Vocabulary, chosen
from tests.reference.fields import FILES, records_in_file
from tests.reference.markdown import plain, table
from tests.wording import WORDS

MODELS = tuple(
    dict.fromkeys((*(r for f in FILES for r in (f, *records_in_file(f))), *KINDS.values()))
)
UNSURE = re.compile("must be checked|from knowledge")


def vocabularies() -> str:
    """Every word that can be chosen, the keys where it stands, and how words are grouped."""
    parts = [
        "# Слова на выбор\n",
        "В файле пишут код, на странице стоят слова. Если написать не код, а то, как говорят,"
        " программа подскажет код. Откуда слово: `000` … `004` — начало имени файла положения,"
        " product — придумали мы, research — из исследования.\n",
    ]
    for name, vocabulary in WORDS.vocabularies.items():
        parts += [f"## {name}\n", f"{plain(vocabulary.title)}. {_where(name, vocabulary)}\n"]
        parts.append(_terms(vocabulary))
        for way in vocabulary.groupings:
            parts.append(f"Деление `{way.version}` ({plain(way.source)}):\n")
            rows = ((g.ru, ", ".join(f"`{w}`" for w in g.words), g.en) for g in way.groups)
            parts.append(table(("группа", "слова", "по-английски"), rows))
    return "\n".join(parts)


def _where(name: str, vocabulary: Vocabulary) -> str:
    places = sorted(_places(name))
    if not places:
        return "Эти слова стоят на страницах; в файлах школы их не выбирают."
    more = (
        "Список закрыт: каждое слово в нём что-то значит для программы."
        if vocabulary.closed
        else f"Школа может добавить свои слова в `school/vocabulary/{name}.yml`."
    )
    return f"Где выбирают: {'; '.join(places)}. {more}"


def _places(name: str) -> Iterator[str]:
    for model in MODELS:
        inherited = EntryBase.model_fields if model in KINDS.values() else {}
        for key, listed in chosen(model).items():
            if listed == name and "." not in key and key not in inherited:
                title = WORDS.labels.record(model).title
                yield f"[{title}](fields.md#{model.__name__.lower()}) — `{key}`"


def _terms(vocabulary: Vocabulary) -> str:
    terms = vocabulary.terms
    columns = {
        "код": [f"`{term.code}`" for term in terms],
        "по-русски": [_russian(term) for term in terms],
        "как ещё говорят": [plain(", ".join(term.aliases)) for term in terms],
        "когда можно выбрать": [_when(term) for term in terms],
        "что должно быть на бумаге": [_needs(term) for term in terms],
        "по-английски": [plain(term.en) for term in terms],
        "откуда": [plain(term.source or "") for term in terms],
    }
    told = {head: cells for head, cells in columns.items() if any(cells)}
    return table(tuple(told), zip(*told.values(), strict=True))


def _russian(term: Term) -> str:
    return f"**{plain(term.ru)}.** {plain(term.meaning)}" if term.meaning else plain(term.ru)


def _when(term: Term) -> str:
    since = f"с {term.since:%d.%m.%Y}" if term.since else ""
    until = f"по {term.until:%d.%m.%Y}" if term.until else ""
    return " ".join(filter(None, (since, until)))


def _needs(term: Term) -> str:
    words = WORDS.labels.choice(get_args(PaperDetail))
    return ", ".join(words[one] for one in term.needs)


def acts() -> str:
    """Every legal act with how it stood when somebody last looked."""
    known = WORDS.acts
    rows = (
        (
            f'`{act.code}`<span id="{act.code}"></span>',
            f"{plain(act.title)} от {act.date:%d.%m.%Y} № {plain(act.number)}",
            "; ".join(_status(act)),
            f"{act.checked:%d.%m.%Y}",
            plain(act.source),
        )
        for act in known.values()
    )
    return "\n".join((
        "# Законы и приказы\n",
        "На что опираются положения и что пришло на смену. Это не юридическая консультация:"
        " столбец «как обстоит дело» верен на день проверки, а не навсегда. Коды пишут в"
        " `school.yml`, в ключе `basis`; о заменённом акте программа предупредит. «Нужно"
        " проверить» — в источнике этого не прочитали.\n",
        table(("код", "акт", "как обстоит дело", "проверено", "где прочитано"), rows),
    ))  # fmt: skip


def _status(act: LegalAct) -> Iterator[str]:
    if act.until and act.until < act.checked:
        yield f"действовал по {act.until:%d.%m.%Y}"
    elif act.since and act.since > act.checked:
        yield f"вступит в силу {act.since:%d.%m.%Y}"
    elif not act.replaced_by:
        since = f" с {act.since:%d.%m.%Y}" if act.since else ""
        yield f"действует{since}" + (f" по {act.until:%d.%m.%Y}" if act.until else "")
    if act.replaced_by:
        yield f"заменён: [{act.replaced_by}](#{act.replaced_by})"
    if UNSURE.search(act.source):
        yield "**нужно проверить**"
