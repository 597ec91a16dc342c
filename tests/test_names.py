"""Who is named in a text: every way a name is written, and what only looks like one."""

import pytest

from generator.model.names import NOBODY, Known, gather

SCHOOL = (
    Known("sokolov-gleb", ("Глеб",), ("Соколов",), "Андреевич"),
    Known("sokolova-darya", ("Дарья",), ("Соколова",)),
    Known("sokolov-roman", ("Роман",), ("Соколов",)),
    Known("volkov-mikhail", ("Михаил", "Миха"), ("Волков",)),
    Known("tolstoy-lev", ("Лев",), ("Толстой",), "Иванович"),
    Known("vetrova-roza", ("Роза",), ("Ветрова",)),
    Known("dyomin-fyodor", ("Фёдор",), ("Дёмин", "Рогов")),
    Known("korsakova-anna-maria", ("Анна-Мария",), ("Римская-Корсакова",)),
    Known("kim-sofya", ("Софья",), ("Ким",)),
    Known("petrenko-pavel", ("Павел",), ("Петренко",)),
    Known("zaets-igor", ("Игорь",), ("Купец",)),
    Known("shkola-vera", ("Вера",), ("Школа",)),
)
NAMES = gather(SCHOOL, "Школа имени Глеба Рогова")


def named(text: str) -> list[str]:
    return sorted({one for mention in NAMES.find(text) for one in mention.ids})


@pytest.mark.covers("R-131", "R-144")
@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Глеб Соколов", "sokolov-gleb"),
        ("Соколов Глеб", "sokolov-gleb"),
        ("с Глебом Соколовым", "sokolov-gleb"),
        ("Соколову Глебу", "sokolov-gleb"),
        ("у Глеба Соколов", "sokolov-gleb"),
        ("глеб соколов", "sokolov-gleb"),
        ("ГЛЕБА СОКОЛОВА", "sokolov-gleb"),
        ("Глеб Андреевич Соколов", "sokolov-gleb"),
        ("Соколова Глеба Андреевича", "sokolov-gleb"),
        ("Соколов Г.", "sokolov-gleb"),
        ("Соколовым Г.А.", "sokolov-gleb"),
        ("Г. А. Соколов", "sokolov-gleb"),
        ("Глеб\u00a0Соколов", "sokolov-gleb"),
        ("Глеб\n  Соколов", "sokolov-gleb"),
        ("Со\u00adколов Гл\u200bеб", "sokolov-gleb"),
        ("Gleb Sokolov", "sokolov-gleb"),
        ("даша соколова", "sokolova-darya"),
        ("с Дашей Соколовой", "sokolova-darya"),
        ("Миха Волков", "volkov-mikhail"),
        ("Мишу Волкова", "volkov-mikhail"),
        ("Льва Толстого", "tolstoy-lev"),
        ("Розу Ветрову", "vetrova-roza"),
        ("Феде Демину", "dyomin-fyodor"),
        ("Фёдор Рогов", "dyomin-fyodor"),
        ("Фе\u0308дор Де\u0308мин", "dyomin-fyodor"),
        ("Анне-Марии Римской-Корсаковой", "korsakova-anna-maria"),
        ("Соней Ким", "kim-sofya"),
        ("Софии Ким", "kim-sofya"),
        ("Павлу Петренко", "petrenko-pavel"),
        ("Игорем Купцом", "zaets-igor"),
        ("с Романом Соколовым", "sokolov-roman"),
        ("Веры Школы", "shkola-vera"),
        ("Глеб и Дарья Соколовы", "sokolov-gleb sokolova-darya"),
        ("Соколовым Даше и Глебу", "sokolov-gleb sokolova-darya"),
    ],
)
def test_a_name_is_known_in_every_form(text: str, who: str) -> None:
    assert named(f"Мы были там: {text}, и это всё.") == who.split()


@pytest.mark.parametrize(
    "text",
    [
        "Соколов, Глеб и я",
        "Кот Глеб. Соколов пришёл потом",
        "Глеб\n\nСоколов",
        "Глеб Иванович Соколов",
        "Г. Б. Соколов",
        "Лев Николаевич Толстой",
        "Толстой Лев Николаевич",
        "Л. Н. Толстой",
        "роман Соколова",
        "Роман Соколова",
        "роза ветров",
        "Роза ветров",
        "Миша волков не боится",
        "каким Соня была",
        "г. Соколов на реке",
        "Школа Веры",
        "Школа имени Глеба Рогова",
        "соколовские глебы",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert named(text) == []


def test_each_of_two_persons_is_a_mention_of_its_own_and_a_namesake_is_not() -> None:
    both = NAMES.find("Глеб и Дарья Соколовы")
    assert [sorted(one.ids) for one in both] == [["sokolov-gleb"], ["sokolova-darya"]]
    two = gather((*SCHOOL, Known("sokolov-gleb-2", ("Глеб",), ("Соколов",))))
    (one,) = two.find("Глеб Соколов")
    assert one.ids == {"sokolov-gleb", "sokolov-gleb-2"}


def test_a_surname_alone_counts_where_one_student_bears_it_and_no_sentence_begins() -> None:
    def alone(text: str) -> tuple[str, ...]:
        return NAMES.surnames(text, own="dyomin-fyodor")

    assert alone("Пришёл Волков") == ("Волков",)
    assert alone("Пришёл. Волков был рад") == ()
    assert alone("Пришёл Соколов") == ()  # three bear it
    assert alone("Видели волков") == ()
    assert alone("Дёмин пришёл") == ("Дёмин",)


def test_where_nobody_is_known_nobody_is_named() -> None:
    assert NOBODY.find("Глеб Соколов") == ()
    assert NOBODY.surnames("Пришёл Соколов", own="") == ()
