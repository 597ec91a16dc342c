"""Questions at a terminal -> answers. What does whoever sits there say?

Plain lines, typed and read: they work over ssh, on Windows, in a pipe of a script, and with a
screen reader, where a library that draws menus does not.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from generator.cli.tell import is_public
from generator.diagnostic import Lang, Text
from generator.say import clean
from generator.stop import Stopped
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate.questions import Question

T = TypeVar("T")
Choice = tuple[str, str]
"""An answer, and what it means in people's words."""
_YES, _NO = ("д", "да", "y", "yes"), ("н", "нет", "n", "no")
_NUMBER = Text("Номер", "Number")
_SKIP = Text("Enter — пропустить", "Enter: skip")
_AGAIN = Text("не понимаю", "not understood")
_NEEDED = Text("здесь нужен ответ; Ctrl-C — выйти", "an answer is needed here; Ctrl-C ends")
_NOTHING = Text("ничего не записано", "nothing was written")


class Asker:
    """Asks in one language; an answer that cannot be understood is asked for again.

    Of every question `option` is what one adds to the command instead of answering. Where strangers
    read along nothing is asked: a question may name a child.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def line(
        self,
        question: Text,
        read: Callable[[str], T | None],
        *,
        default: str = "",
        hint: Text | None = None,
        option: str = "",
    ) -> T:
        """What `read` understands of a line; Enter alone takes the default."""
        told = f" [{clean(default)}]" if default else ""
        about = f" ({hint.get(self.lang)})" if hint else ""
        shown = f"{clean(question.get(self.lang))}{about}{told}: "
        return self._ask((), shown, lambda typed: read(typed or default), (question, option))

    def choice(
        self, question: Text, choices: Sequence[Choice], *, default: str = "", option: str = "",
        read: Callable[[str], str | None] = lambda _: None,
    ) -> str:  # fmt: skip
        """One of the answers, by its number, its code or how it begins, or what `read` makes of
        other words."""
        codes = [code for code, _ in choices]
        at = f"{codes.index(default) + 1}" if default in codes else ""
        listed = (f"  {number:2} {meaning}" for number, (_, meaning) in enumerate(choices, 1))

        def chosen(typed: str) -> str | None:
            found = _chosen(typed or at, choices)
            return read(typed) if found is None else found

        return self._ask(
            (question.get(self.lang), *listed),
            f"{_NUMBER.get(self.lang)}{f' [{at}]' if at else ''}: ",
            chosen,
            (question, option),
        )

    def word(self, question: "Question", read: Callable[[str], str | None], option: str) -> str:
        """One of a question's words, by its number, its name or what people also call it."""
        label = question.label
        if not question.is_needed:
            label = Text(f"{label.ru} ({_SKIP.ru})", f"{label.en} ({_SKIP.en})")
        default = question.default
        return self.choice(label, question.choices, default=default, option=option, read=read)

    def yes(self, question: Text, *, default: bool = True) -> bool:
        """Whether the answer is yes."""
        answers = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
        asked = Text(f"{question.ru} (д/н)", f"{question.en} (y/n)")
        word = (_YES if default else _NO)[0 if self.lang == "ru" else 2]
        return self.line(asked, lambda typed: answers.get(typed.lower()), default=word)

    def misunderstood(self, answer: str) -> None:
        """Says that an answer means nothing here; it is asked for again."""
        again = f"{_AGAIN.get(self.lang)}: {clean(answer)}"
        print(f"  {again if answer else _NEEDED.get(self.lang)}")

    def _ask(
        self,
        above: Iterable[str],
        shown: str,
        read: Callable[[str], T | None],
        about: tuple[Text, str],
    ) -> T:
        if is_public():
            raise _unanswered(*about)
        for line in above:
            print(clean(line))
        while True:
            typed = self._typed(shown, about)
            if (answer := read(typed)) is not None:
                return answer
            self.misunderstood(typed)

    def _typed(self, shown: str, about: tuple[Text, str]) -> str:
        try:
            # Arrows and other keys that are no letters send signs that no file may hold.
            while not (typed := unicodedata.normalize("NFC", input(shown)).strip()).isprintable():
                self.misunderstood(typed)
            return typed
        except EOFError:
            raise _unanswered(*about) from None
        except UnicodeDecodeError:
            return ""
        except Stopped as stopped:
            print()
            stopped.left = _NOTHING
            raise


def _unanswered(question: Text, option: str) -> Trouble:
    how = option or "--help"
    return Trouble(
        Text(f"нет ответа: {question.ru}", f"no answer: {question.en}"),
        Text(
            f"ответьте с клавиатуры или добавьте ответ к команде: {how}",
            f"answer at the keyboard, or add the answer to the command: {how}",
        ),
    )


def _chosen(typed: str, choices: Sequence[Choice]) -> str | None:
    if typed.isdecimal() and 0 < int(typed) <= len(choices):
        return choices[int(typed) - 1][0]
    low = typed.lower().replace("ё", "е")
    codes = [code for code, _ in choices if code == typed and typed]
    begins = [c for c, told in choices if low and told.lower().replace("ё", "е").startswith(low)]
    return found[0] if len(found := codes or begins) == 1 else None
