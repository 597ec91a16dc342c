"""Words people chose -> diagnostics. Are they on our lists?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.written import texts_in
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.vocabulary import chosen
from generator.say import choose


def word_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A word is not in its vocabulary.

    Что это значит: здесь можно выбрать только слово из списка; все списки лежат в
    schema/vocabulary.
    Почему важно: по этим словам записи находят, переводят и считают (R-012, R-015).
    Не так: result: 1 место
    А так: result: winner
    """
    for record in at.records:
        lists = chosen(type(record))
        for keys, code in texts_in(record) if lists else ():
            name = lists.get(".".join(key for key in keys if isinstance(key, str)), "")
            if not name or code in at.codes.get(name, ()):
                continue
            vocabulary = at.school.vocabularies.get(name)
            terms = vocabulary.terms if vocabulary else ()
            yield Diagnostic(
                record.place(*keys),
                "word-unknown",
                Text(
                    f"слова {quote(code)} нет в списке {name}",
                    f"the word {quote(code)} is not in the list {name}",
                ),
                choose(code, [(term.code, Text(term.ru, term.en)) for term in terms]),
            )
