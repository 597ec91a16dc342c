"""Words a school adds -> diagnostics. Do they extend our lists without changing them?"""

from collections.abc import Iterator
from itertools import islice

from generator.check.inspection import Inspection
from generator.check.shapes import fold
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.vocabulary import OwnWords, Term
from generator.say import near_or


def vocabulary_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A file of the school's own words is named after no list of ours.

    Что это значит: имя файла в school/vocabulary должно быть именем списка из schema/vocabulary.
    Почему важно: слова из этого файла никто бы не нашёл.
    Не так: school/vocabulary/result.yml
    А так: school/vocabulary/results.yml
    """
    for name, own in at.school.own_words.items():
        if name not in at.school.vocabularies:
            yield Diagnostic(
                own.place(),
                "vocabulary-unknown",
                Text(f"списка {quote(name)} нет", f"there is no list {quote(name)}"),
                near_or(
                    name,
                    at.school.vocabularies,
                    Text(
                        "назовите файл именем списка из schema/vocabulary",
                        "name the file after a list in schema/vocabulary",
                    ),
                ),
            )


def vocabulary_closed(at: Inspection) -> Iterator[Diagnostic]:
    """The school adds words to a list that takes none.

    Что это значит: каждое слово этого списка что-то значит для программы; новых она не поймёт.
    Почему важно: добавленные слова не читаются (R-012).
    Не так: school/vocabulary/stages.yml, если список закрыт
    А так: слово из самого списка
    """
    for name, own in at.school.own_words.items():
        vocabulary = at.school.vocabularies.get(name)
        if vocabulary and vocabulary.closed and own.terms:
            yield Diagnostic(
                own.place("terms"),
                "vocabulary-closed",
                Text(
                    f"в список {quote(name)} нельзя добавлять слова",
                    f"no words can be added to the list {quote(name)}",
                ),
                Text(
                    "уберите файл и выбирайте из нашего списка",
                    "remove the file, and choose from our list",
                ),
            )


def word_redefined(at: Inspection) -> Iterator[Diagnostic]:
    """A word the school adds already is one of ours.

    Что это значит: код, название или другое имя слова уже есть в нашем списке. Большие и
    маленькие буквы, «е» и «ё» не различаются.
    Почему важно: списки дополняют, но не переписывают: иначе одно слово значило бы разное, и
    записи перестали бы находиться (R-012, R-015).
    Не так: code: pobeditel, ru: победитель
    А так: наше слово winner
    """
    for own, ours in _lists(at):
        known = {fold(name): term.code for term in ours for _, name in _names(term)}
        for index, term in enumerate(own.terms):
            taken = ((keys, name) for keys, name in _names(term) if fold(name) in known)
            for keys, name in islice(taken, 1):
                code = known[fold(name)]
                yield Diagnostic(
                    own.place("terms", index, *keys),
                    "word-redefined",
                    Text(
                        f"слово {quote(name)} уже есть в нашем списке: «{code}»",
                        f'the word {quote(name)} already is in our list: "{code}"',
                    ),
                    Text(
                        f"берите «{code}», а своё слово назовите иначе или уберите",
                        f'take "{code}", and give your own word another name, or remove it',
                    ),
                )


def word_twice(at: Inspection) -> Iterator[Diagnostic]:
    """The school adds one word twice.

    Что это значит: в файле два слова с одним кодом или одним названием.
    Почему важно: в списке для выбора они стояли бы оба, и не понять, какое взять.
    Не так: code: chess и code: shahmaty, у обоих ru: шахматы
    А так: одно слово с ru: шахматы
    """
    for own in at.school.own_words.values():
        seen: set[str] = set()
        for index, term in enumerate(own.terms):
            repeated = (key for key in ("code", "ru") if fold(getattr(term, key)) in seen)
            for key in islice(repeated, 1):
                word = quote(getattr(term, key))
                yield Diagnostic(
                    own.place("terms", index, key),
                    "word-twice",
                    Text(f"слово {word} уже есть выше", f"the word {word} is above already"),
                    Text("оставьте одно из двух", "keep one of the two"),
                )
            seen |= {fold(term.code), fold(term.ru)}


def _lists(at: Inspection) -> Iterator[tuple[OwnWords, list[Term]]]:
    """The school's words beside ours of the same list, where the list takes any."""
    for name, own in at.school.own_words.items():
        vocabulary = at.school.vocabularies.get(name)
        if vocabulary and not vocabulary.closed:
            # The list we were given holds both: what came from the school is the very same object.
            added = {id(term) for term in own.terms}
            yield own, [term for term in vocabulary.terms if id(term) not in added]


def _names(term: Term) -> Iterator[tuple[Key, str]]:
    """Everything a word is called, each with its keys."""
    yield from ((("code",), term.code), (("ru",), term.ru), (("en",), term.en))
    yield from ((("aliases", index), alias) for index, alias in enumerate(term.aliases))
