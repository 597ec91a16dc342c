"""What keeps a file from being read -> words. Why is it not in our subset of YAML?"""

from collections.abc import Mapping
from typing import Any

import yaml

from generator.diagnostic import Text, quote


class Refused(Exception):
    """The file is not in our subset of YAML. `mark` is line and column from 0."""

    def __init__(self, mark: tuple[int, int], code: str, message: Text, fix: Text) -> None:
        super().__init__(code)
        self.mark, self.code, self.message, self.fix = mark, code, message, fix


_Words = tuple[str, Text, Text]

ANCHOR: _Words = (
    "yaml-anchor",
    Text("значение начинается со знака & или *", "the value begins with & or *"),
    Text("возьмите значение в кавычки", "put the value in quotes"),
)
TAG: _Words = (
    "yaml-tag",
    Text("значение начинается со знака !", "the value begins with !"),
    Text("возьмите значение в кавычки", "put the value in quotes"),
)
HIDDEN: _Words = (
    "control-character",
    Text("здесь стоит невидимый служебный знак", "here stands an invisible control sign"),
    Text("удалите его и наберите это место заново", "delete it and type this place again"),
)
MERGE: _Words = (
    "merge-key",
    Text("ключ << здесь не работает", "the key << does not work here"),
    Text("напишите нужные ключи полностью", "write the keys out in full"),
)
KEY_NOT_TEXT: _Words = (
    "key-not-text",
    Text("на месте ключа стоит не слово", "there is no word where a key belongs"),
    Text("напишите слово, двоеточие, пробел, значение", "write a word, a colon, a space, a value"),
)
KEY_TWICE: _Words = (
    "key-twice",
    Text("ключ {} стоит здесь второй раз", "the key {} stands here a second time"),
    Text("оставьте один из двух", "keep one of the two"),
)
NOT_A_MAPPING: _Words = (
    "not-a-mapping",
    Text("файл начинается не с ключа", "the file does not begin with a key"),
    Text(
        "начните строку с ключа: слово, двоеточие, пробел",
        "begin with a key: a word, a colon, a space",
    ),
)
SEVERAL: _Words = (
    "several-documents",
    Text("после строки --- начинается второй документ", "a second document begins after ---"),
    Text("уберите строку --- или второй документ", "take out --- or the second document"),
)
TOO_DEEP: _Words = (
    "too-deep",
    Text("вложено глубже 16 уровней", "nested deeper than 16 levels"),
    Text("проверьте скобки и отступы", "look at the brackets and the indents"),
)
TOO_MANY: _Words = (
    "too-many-values",
    Text("в файле больше 100 000 значений", "the file has more than 100,000 values"),
    Text("разделите его или уберите лишнее", "split it, or take out what is too much"),
)


def refused(event: Any, words: _Words, *values: str) -> Refused:
    """What to say of this event; `values` go into the message."""
    code, message, fix = words
    mark = (event.start_mark.line, event.start_mark.column)
    shown = [quote(value) for value in values]
    message = Text(message.ru.format(*shown), message.en.format(*shown))
    return Refused(mark, code, message, fix)


_QUOTE = Text("возьмите всё значение в кавычки", "put the whole value in quotes")
_INDENT = Text(
    "выровняйте пробелы в начале строки по соседним строкам",
    "line up the spaces at the beginning with the lines around",
)
_BRACKET = (
    Text("скобки или запятые не сходятся", "the brackets or commas do not fit together"),
    Text(
        "поставьте недостающее или возьмите всё значение в кавычки",
        "add what is missing, or put the whole value in quotes",
    ),
)
_BROKEN: Mapping[str, tuple[Text, Text]] = {
    "cannot start any token": (
        Text("с этого знака значение начинаться не может", "a value cannot begin with this sign"),
        _QUOTE,
    ),
    "mapping values are not allowed": (
        Text("второе двоеточие в одном значении", "a second colon in one value"),
        Text(
            "возьмите всё значение в кавычки или проверьте отступ",
            "put the whole value in quotes, or look at the indent",
        ),
    ),
    "expected ':'": (
        Text("у этой строки нет двоеточия после ключа", "this line has no colon after its key"),
        Text(
            "напишите слово, двоеточие, пробел, значение", "write a word, a colon, a space, a value"
        ),
    ),
    "unexpected end of stream": (
        Text("кавычка открыта, но не закрыта", "a quote is open but not closed"),
        Text("закройте кавычку", "close the quote"),
    ),
    "unexpected document indicator": (
        Text("кавычка открыта, но не закрыта", "a quote is open but not closed"),
        Text("закройте кавычку", "close the quote"),
    ),
    "expected ',' or": _BRACKET,
    "expected node content": _BRACKET,
    "block sequence entries": (
        Text("список начат в той же строке, что и ключ", "the list begins on its key's line"),
        Text("начните список с новой строки", "begin the list on a new line"),
    ),
    "escape character": (
        Text(
            "обратная косая черта в двойных кавычках значит другое",
            "a backslash in double quotes means something else",
        ),
        Text("возьмите значение в одинарные кавычки", "use single quotes"),
    ),
    "decimal number": (
        Text(
            "обратная косая черта в двойных кавычках значит другое",
            "a backslash in double quotes means something else",
        ),
        Text("возьмите значение в одинарные кавычки", "use single quotes"),
    ),
    "alphabetic or numeric character": (ANCHOR[1], _QUOTE),
    "tag": (TAG[1], _QUOTE),
    "comment or line break": (
        Text("после знака | или > в строке что-то стоит", "something follows | or > on the line"),
        Text("начните текст с новой строки", "begin the text on a new line"),
    ),
    "expected key": (Text("эта строка стоит не на месте", "this line is out of place"), _INDENT),
    "'-' indicator": (Text("эта строка стоит не на месте", "this line is out of place"), _INDENT),
    "<document start>": (
        Text("эта строка стоит не на месте", "this line is out of place"),
        _INDENT,
    ),
}
_UNFINISHED = ("end of stream", "document indicator", "expected ',' or", "expected ':'")
_TAB = (
    Text("в начале строки табуляция вместо пробелов", "the line begins with a tab, not spaces"),
    Text("замените табуляцию пробелами", "replace the tab by spaces"),
)
_OTHER = (
    Text("отсюда файл не читается", "the file cannot be read from here on"),
    Text("сравните это место с соседними записями", "compare this place with its neighbours"),
)


def broken(error: yaml.MarkedYAMLError, lines: list[str]) -> Refused:
    """What to say where libyaml itself gave up; `lines` are the file's."""
    problem = str(error.problem)
    mark = error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    # What was left open began earlier than where libyaml noticed.
    unfinished = any(part in problem for part in _UNFINISHED) or line >= len(lines)
    if error.context_mark and unfinished:
        line, column = error.context_mark.line, error.context_mark.column
    message, fix = next((words for part, words in _BROKEN.items() if part in problem), _OTHER)
    here = lines[min(line, len(lines) - 1)]
    if "\t" in here[: len(here) - len(here.lstrip())]:
        message, fix = _TAB
    return Refused((line, column), "broken-yaml", message, fix)
