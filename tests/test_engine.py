"""Our Jinja beside Jinja as it comes. Is every value escaped, and nothing taken for another?"""

from pathlib import Path

import pytest
from jinja2 import (
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    UndefinedError,
)
from markupsafe import Markup, escape

from generator.pages.engine import Engine, kept_in

HOSTILE = "<script>alert('a') & \"b\"</script>"
PAGE = """
{% macro cell(one, mark="-") %}<td class="{{ one }}">{{ one }}{{ mark }}</td>{% endmacro %}
{% for one in nouns %}{{ one }}{{ cell(one) }}{{ cell(one, mark=one) }}{{ one ~ "<" }}{{ "<" }}
{% for inner in nouns %}{{ cell(inner) if loop.last else loop.index }}{% endfor %}{% endfor %}
{% block foot %}{{ cell(nouns) }}{{ "{}".format(nouns) }}{% endblock %}
"""


def set_by(kind: type[Environment], *nouns: object) -> str:
    """The page of these nouns, by an engine that has set nothing before."""
    engine = kind(loader=DictLoader({"page": PAGE}), autoescape=True, undefined=StrictUndefined)
    return engine.get_template("page").render(nouns=nouns)


EQUAL = (1, True, 1.0, "1", Markup("1"))


@pytest.mark.parametrize(
    "nouns",
    [
        (HOSTILE, Markup(HOSTILE)),  # equal, and only one of them is HTML
        (Markup(HOSTILE), HOSTILE),
        EQUAL,
        EQUAL[::-1],
        (None, "", Markup(), HOSTILE.encode(), (HOSTILE,), [HOSTILE], 0, False),
    ],
)
def test_a_page_is_set_as_jinja_sets_it(nouns: tuple[object, ...]) -> None:
    page = set_by(Engine, *nouns)
    assert page == set_by(Environment, *nouns)


def test_what_is_not_there_is_an_error() -> None:
    for words in ("{{ nobody }}", "{{ one.nobody }}", "{{ nobody() }}", "{{ one() }}"):
        page = Engine(undefined=StrictUndefined, autoescape=True).from_string(words)
        with pytest.raises((UndefinedError, TypeError), match=r"nobody|not callable"):
            page.render(one="one")


def test_what_jinja_compiled_is_not_taken_for_ours(tmp_path: Path) -> None:
    by_jinja = Environment(bytecode_cache=FileSystemBytecodeCache(str(tmp_path)), autoescape=True)
    ours = [Engine(bytecode_cache=kept_in(tmp_path), autoescape=True) for _ in range(2)]
    for engine in (by_jinja, *ours):
        engine.loader = DictLoader({"page": "{{ one }}"})
        assert engine.get_template("page").render(one=HOSTILE) == escape(HOSTILE)
    assert len({*tmp_path.iterdir()}) == 2
