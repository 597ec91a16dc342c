"""Papers and health have no place in a portfolio, and nothing else is taken for them."""

import re
from functools import partial
from pathlib import Path

import pytest

from generator.check import check
from generator.load import load
from generator.model.school import School
from generator.say import say
from generator.source import read_line
from tests.golden import build, found_in, read_case
from tests.world import SCHEMA, TODAY, world

# Numbers are made up; the control digits are right where a rule reckons them.
PAPERS = """
112-233-445 95
СНИЛС 11223344595
снилс: 112-233-445 96
ИНН 500100732259
Паспорт серия 45 10 № 123456
паспорт 4510 123456
Серия 45 10 номер 123456
II-АБ № 123456
свидетельство о рождении № 123456
полис 1234 5678 9012 3456
полис ОМС 1234567890123456
карта 2200 7007 1234 5676
8 (921) 555-12-34
+79215551234
89215551234
8-921-555-12-34
звоните +7 921 555 12 34
тел. 5-12-34
телефон: (8182) 55-12-34
anna.b2016@example.org
Anna_Belova@пример.рф
ул. Лесная, д. 5, кв. 12
Лесная улица, дом 5, квартира 12
Живу: ул. Лесная, 5
"""
NOT_PAPERS = """
112-233-445 96
карта 2200 7007 1234 5677
5678 1234 5678 9012
ISBN 978-5-389-07435-4
ISBN 5-85270-001-0
УИН 23-77-0001234
УИН 23-29-0098765
Номер участника 20261014123456
Билет 4276123456789012
с 14.10.2026 по 15.10.2026, 12:30–13:45
Счёт 8:3, набрал 89 из 100, место 345 678
ББК 84(2Рос=Рус)6-44, УДК 821.161.1
ИНН организации 7707083893
ИНН 500100732250
Паспорт проекта № 4510123456
Мне вручили паспорт в 14 лет
Свидетельство серия 45 10 № 123456
диплом серия 77 18 № 000123
диплом № 89215551234
телефон доверия 8-800-2000-122
горячая линия 8 800 555 35 35
info@example.org и school12@example.org
Музей на ул. Лесная, д. 5
Живу на улице Лесной и люблю её
Акрополис 1234 5678 9012 3456
"""
PAGES = """
vk.com/id123456
https://vk.com/123456789
пишите мне: https://t.me/anna_risuet
мой телеграм @anna_risuet
Я во ВКонтакте: vk.com/anna.belova
Добавляйтесь, www.instagram.com/anna_b
"""
PERHAPS_PAGES = """
Подробности: https://t.me/anna_risuet
vk.com/kruzhok_robot
подпишись на @kruzhok_robot
Канал youtube.com/@nash_klass
"""
NOT_PAGES = """
https://vk.com/club123456 и vk.com/event77
Запись: https://vk.com/wall-1234_56
info@example.org
Сайт школы: school12.example.org/news
Музей: museum.example.org/id4567
Ресурс doc.me/something и start.me/page
Наречие @ и знак @ в адресе
"""
SECRETS = """
пароль: solnce2026
Пароль от дневника — qwerty12
мой пароль qwerty12
password: hunter2x
пин-код 4821
PIN: 4821
слова с карточки: ложка, берёза, сорока
Код с моей карточки: берёза
https://example.org/#k=AAECAwQFBgcICQoLDA0ODw
"""
NOT_SECRETS = """
Придумали пароль для игры «Зарница» и держали его в тайне
пароль: спросите у учителя
Мы прошли пин-понг за 15 минут
Пинг-понг 2026
На карточке стояло моё имя
Карточка с заданием: найти пять слов
Слова на карточках были трудные
Вопрос-пароль был смешной
"""
SCANS = """
Паспорт
скан паспорта
Копия свидетельства о рождении
СНИЛС
медицинский полис
медицинская справка
"""
NOT_SCANS = """
Фото с вручения паспорта
паспорт проекта
диплом за рассказ «Полис»
Паспортный стол: экскурсия
"""
# Words of certificates and decisions.
HEALTH = """
Справка 086/у для лагеря
справка 026у
Прошёл ПМПК весной
Обучается по АООП, вариант 7.1
Обучение по адаптированной основной общеобразовательной программе
У меня ОВЗ, но я справляюсь
Ученик с ОВЗ
Статус ребёнка-инвалида
Он инвалид детства
У Ани инвалидность с рождения
У меня вторая группа инвалидности
II группа здоровья
Группа здоровья: 2
Специальная медицинская группа
Справка от врача
Диагноз: J45.0
Код по МКБ-10
Освобождена от физкультуры до мая
освобождение от занятий по физической культуре
На надомном обучении
Не бегал по медицинским показаниям
Нуждается в создании специальных условий
"""
# One's own words: perhaps a book's.
PERHAPS_HEALTH = """
У меня аллергия на пыль
У сына астма, поэтому бассейн
у неё сахарный диабет
Он страдает эпилепсией
болею астмой
Мне поставили диагноз
Я обучаюсь на дому
У меня дисграфия
Моя дисграфия мне не мешает
Я заикаюсь, но выступил
Раньше он сильно заикался, а я заикалась тоже
Ношу слуховой аппарат
Выступала без слухового аппарата
У меня слуховой аппарат
Живу с ДЦП и играю в бочча
Мальчик с ДЦП
Из-за дислексии читаю медленно
Мой диабет всегда со мной
"""
NOT_HEALTH = """
Здоровый образ жизни
Акция «За здоровый образ жизни» и группа здоровья при бассейне
Веду группу здоровья для бабушек
Паралимпийские и Сурдлимпийские игры
Мой прадед вернулся с войны инвалидом второй группы
У прадеда была инвалидность после ранения
Концерт в доме-интернате для инвалидов
Волонтёр фестиваля для детей с ОВЗ и детей-инвалидов
Знаю, какие у людей с инвалидностью есть льготы
Диагноз: поломка мотора, робот не едет
Мы поставили роботу диагноз
У меня доклад про диабет и аллергию
Хочу стать онкологом
В игре у меня пять рас и три мира
В заключение врача поблагодарили
Подготовительная группа музыкальной школы
Освобождение от физического труда
Спектакль для слабовидящих детей
Справка об успеваемости
Индивидуальный план, ИПР на год
Специальные условия съёмки: темнота
Физическая культура, 5 класс
Собрали модель слухового аппарата
Мой доклад про диабет занял второе место
Фонд помогает детям с ДЦП
Мотор заикается на холоде
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    folder = "students/belova-anna/entries/risunok-x7k2"
    entry = """\
        id: x7k2
        kind: creative
        form: drawing
        title: Рисунок
        date: 2026-10-14
        scans: [{file: list.jpg, description: лист, paper: {number: 1}}]
        """
    files: dict[str, str | bytes | None] = {
        f"{folder}/entry.yml": entry,
        f"{folder}/list.jpg": b"x",
    }
    school = load(world(tmp_path_factory.mktemp("school"), files), SCHEMA).school
    assert school is not None
    return school


def said(school: School, **fields: object) -> list[tuple[str, str]]:
    """Code and severity of everything said when Anna's entry has these fields."""
    anna = school.students[0]
    entry = anna.entries[0].model_copy(update=fields)
    entry._file = anna.entries[0].file
    changed = anna.model_copy(update={"entries": (entry,)})
    found = check(school.model_copy(update={"students": (changed,)}), TODAY)
    return [(diagnostic.code, diagnostic.severity) for diagnostic in found]


def on_a_scan(school: School, **fields: object) -> list[tuple[str, str]]:
    """The same, when the entry's only scan has these fields."""
    scan = school.students[0].entries[0].scans[0]
    return said(school, scans=(scan.model_copy(update=fields),))


@pytest.mark.covers("R-023")
@pytest.mark.parametrize("text", lines(PAPERS))
def test_a_paper_or_an_address_is_found(school: School, text: str) -> None:
    assert said(school, reflection=f"Начало. {text}\nКонец") == [("personal-paper", "error")]


@pytest.mark.parametrize("text", lines(NOT_PAPERS))
def test_what_only_resembles_a_paper_is_let_be(school: School, text: str) -> None:
    assert said(school, reflection=text) == []


@pytest.mark.covers("R-023")
@pytest.mark.parametrize("text", lines(PAGES))
def test_the_way_to_a_childs_own_page_is_an_error(school: School, text: str) -> None:
    assert said(school, reflection=f"Начало. {text}\nКонец") == [("personal-page", "error")]


@pytest.mark.parametrize("text", lines(PERHAPS_PAGES))
def test_a_page_that_may_be_a_clubs_is_a_warning(school: School, text: str) -> None:
    assert said(school, reflection=text) == [("personal-page", "warning")]


@pytest.mark.parametrize("text", lines(NOT_PAGES))
def test_the_page_of_a_group_or_an_office_is_let_be(school: School, text: str) -> None:
    assert said(school, reflection=text) == []


@pytest.mark.covers("R-134")
@pytest.mark.parametrize("text", lines(SECRETS))
def test_a_password_or_a_cards_code_is_found(school: School, text: str) -> None:
    assert said(school, reflection=f"Начало. {text}\nКонец") == [("secret-in-text", "error")]


@pytest.mark.parametrize("text", lines(NOT_SECRETS))
def test_what_only_speaks_of_passwords_is_let_be(school: School, text: str) -> None:
    assert said(school, reflection=text) == []


@pytest.mark.parametrize("text", lines(SCANS))
def test_a_scan_that_is_called_a_paper_is_one(school: School, text: str) -> None:
    assert on_a_scan(school, description=text) == [("personal-paper", "error")]
    assert said(school, title=text) == []


@pytest.mark.parametrize("text", lines(NOT_SCANS))
def test_a_scan_may_tell_of_a_paper(school: School, text: str) -> None:
    assert on_a_scan(school, description=text) == []


def test_the_number_of_a_form_may_look_like_anything(school: School) -> None:
    paper = school.students[0].entries[0].scans[0].paper
    assert paper is not None

    def numbered(number: str) -> list[tuple[str, str]]:
        return on_a_scan(school, paper=paper.model_copy(update={"number": number}))

    assert numbered("серия 45 10 № 123456") == []
    assert numbered("89215551234") == []
    assert numbered("паспорт 45 10 № 123456") == [("personal-paper", "error")]


@pytest.mark.covers("R-088")
@pytest.mark.parametrize("text", lines(HEALTH))
def test_words_of_health_papers_are_errors(school: School, text: str) -> None:
    assert said(school, reflection=f"Начало. {text}\nКонец") == [("health-data", "error")]


@pytest.mark.parametrize("text", lines(PERHAPS_HEALTH))
def test_an_illness_in_ones_own_words_is_a_warning(school: School, text: str) -> None:
    assert said(school, reflection=text) == [("health-data", "warning")]


@pytest.mark.parametrize("text", lines(NOT_HEALTH))
def test_what_only_touches_health_is_let_be(school: School, text: str) -> None:
    assert said(school, reflection=text) == []


@pytest.mark.parametrize(
    "name",
    [
        "personal-paper",
        "personal-paper-of-every-file",
        "personal-page",
        "secret-in-text",
        "health-data",
        "health-data-in-own-words",
    ],
)
def test_what_was_found_is_never_repeated(name: str, tmp_path: Path) -> None:
    root = build(tmp_path, read_case("check", name)["files"])
    for diagnostic in found_in(root, checked=True):
        assert not re.search(r"[\d`]", f"{diagnostic.message} {diagnostic.fix}")
        shown = say([diagnostic], "full", "ru", partial(read_line, root))
        assert len(shown.splitlines()) == 2  # the message and the fix, and no line of the file
