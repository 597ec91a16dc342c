"""Marks are found however people write them, and words that only resemble them are let be."""

import pytest

from generator.check.marks import _MARK


@pytest.mark.covers("R-081")
@pytest.mark.parametrize(
    "text",
    [
        "Аня получила пятёрку с плюсом",
        "Получила «5» за диктант",
        "написала контрольную на 5",
        "Оценка «отлично».",
        "Контрольная: 4+",
        "ОГЭ 28 б.",
        "сдала на пять",
        "Хорошистка",
        "на отлично",
        "98 баллов",
    ],
)
def test_a_mark_is_found(text: str) -> None:
    assert _MARK.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Выступала на 5 концертах",
        "Получила 5 грамот и одну улыбку",
        "Перешла в 5 класс",
        "Отметка на карте похода",
        "Оценила свою работу сама",
        "Решила задачу № 4",
        "Научилась считать до 5",
        "Пять минут до звонка",
        "Играем на четыре руки",
    ],
)
def test_what_only_resembles_a_mark_is_let_be(text: str) -> None:
    assert not _MARK.search(text)
