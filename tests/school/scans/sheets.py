"""Pages of words, a poem by hand, a drawing to scale, a protocol. What else lies in a folder?"""

import math
import random
from itertools import pairwise

from PIL import Image, ImageDraw

from tests.school.scans.ink import PEN, handwriting, signature, stamp
from tests.school.scans.paper import paper
from tests.school.scans.type import font, lines_of, put_line, put_lines

_INK = (36, 36, 42)
_POEMS = {
    "окна": (
        "У мамы в окне — тополиная ветка,",
        "у папы в окне — огоньки.",
        "Я здесь и живу, и гощу,",
        "и нередко пишу на стекле две строки.",
        "",
        "Две чашки, две кружки,",
        "два разных рассвета,",
        "две книжки под разной подушкой.",
        "И оба окна меня видят за это",
        "смешной и немножко веснушкой.",
    ),
    "капельк": (
        "Жила-была капелька. Она висела",
        "на кране и очень боялась упасть.",
        "— Внизу темно, — говорила капелька.",
        "— Внизу река, — сказал старый кран.",
        "",
        "Капелька зажмурилась и прыгнула.",
        "Сначала было страшно. Потом мокро.",
        "А потом она увидела столько воды,",
        "что не смогла найти, где кончается",
        "она и где начинается море.",
        "",
        "И ей больше не было страшно.",
    ),
    "кораблик": (
        "Кораблик сделали из тетрадки.",
        "На парусе было написано «2 + 2 = 5».",
        "— Я с ошибкой, — грустил кораблик.",
        "— Зато ты плывёшь, — сказал ручей.",
        "",
        "Он плыл мимо кошки, мимо почты,",
        "мимо большого ботинка.",
        "И доплыл до самой реки.",
        "",
        "А там никто не проверял ошибки.",
    ),
    "дорог": (
        "Четыре станции до дома.",
        "На первой — дождь, и мокрый клён",
        "стоит, как старый мой знакомый,",
        "и тоже едет, удивлён.",
        "",
        "На третьей — сонная собака,",
        "и фонари, и чей-то смех.",
        "Я записала бы, однако",
        "на этой строчке вышли все.",
        "",
        "Осталась я и свет в вагоне,",
        "и город медленно в окне",
        "кладёт мне тёплые ладони",
        "на крыши, близкие вдвойне.",
    ),
}
_SENTENCES = (
    "Цель работы — проверить предположение на собственных наблюдениях, а не на чужих словах.",
    "Наблюдения велись в одно и то же время, чтобы условия отличались как можно меньше.",
    "Результаты записаны в таблицу; там, где измерение не удалось, стоит прочерк.",
    "Сначала казалось, что закономерность очевидна, но третья неделя показала обратное.",
    "Мы повторили опыт ещё раз, изменив только одно условие, и получили близкое значение.",
    "Погрешность оценена по разбросу пяти измерений; она не превышает одной десятой.",
    "Сравнение с литературой показывает, что наш результат возможен, хотя и не единствен.",
    "Вывод осторожный: предположение подтвердилось частично, и это само по себе полезно.",
    "Что осталось неясным, перечислено в последнем разделе, чтобы продолжить было легче.",
    "Автор благодарит учителя за терпение, а родных — за место на кухонном столе.",
)
_NEWS = (
    "Афиша висела на углу у почты сорок лет, и никто не помнит дня, когда её сняли.",
    "На ней был клоун с зонтом и буквы, которые рисовали от руки, без линейки.",
    "В музее нашлась её сестра: бумага та же, клоун другой, подпись художника — одна.",
    "Внук художника живёт на соседней улице и до сих пор хранит дедушкины кисти.",
    "Может быть, новую афишу нарисуют школьники: место на углу у почты свободно.",
)
_PARTS = ("Введение", "Ход работы", "Наблюдения", "Результаты", "Обсуждение", "Выводы")


def text_page(rng: random.Random, given: dict[str, str], number: int) -> Image.Image:
    """A page of a pupil's report."""
    page = paper(rng, (1180, 1668), (252, 252, 250))
    draw = ImageDraw.Draw(page)
    y = 130.0
    if number == 1:
        y = (
            put_lines(draw, (590, y), "Школа № 12 города Североречинска", "serif", 28, _INK, 900)
            + 30
        )
        y = put_lines(draw, (590, y), given["title"], "serif-bold", 46, _INK, 860) + 8
        y = (
            put_lines(
                draw,
                (590, y),
                f"{given['student']}, {given['grade']} класс",
                "serif-italic",
                30,
                _INK,
                860,
            )
            + 44
        )
    while y < 1440:
        draw.text(
            (140, y),
            f"{number}. {rng.choice(_PARTS)}",
            fill=_INK,
            font=font("serif-bold", 32),
            anchor="lm",
        )
        y += 50
        text = " ".join(rng.sample(_SENTENCES, rng.randint(4, 6)))
        for index, line in enumerate(lines_of("      " + text, "serif", 28, 900)):
            draw.text(
                (186 if index == 0 else 140, y),
                line,
                fill=_INK,
                font=font("serif", 28),
                anchor="lm",
            )
            y += 43
        if rng.random() < 0.5 and y < 1200:
            y = _graph(rng, draw, y + 10)
        y += 26
    put_line(draw, (590, 1610), str(number), "serif", 26, _INK)
    return page


def _graph(rng: random.Random, draw: ImageDraw.ImageDraw, y: float) -> float:
    draw.rectangle((240, y, 940, y + 290), outline=(120, 120, 126))
    low, points = y + 250, []
    for step in range(13):
        height = 40 + 130 * (0.5 + 0.5 * math.sin(step / 2.3 + rng.uniform(-0.3, 0.3)))
        points.append((280 + step * 52, low - height))
        draw.rectangle((268 + step * 52, low - height, 292 + step * 52, low), fill=(190, 204, 222))
    draw.line(points, fill=(176, 50, 50), width=3)
    draw.line((260, low, 920, low), fill=_INK, width=2)
    draw.line((260, y + 30, 260, low), fill=_INK, width=2)
    put_line(
        draw,
        (590, y + 318),
        f"Рис. {rng.randint(1, 4)}. Изменение по неделям",
        "serif-italic",
        25,
        _INK,
    )
    return y + 352


def news_page(_: random.Random, given: dict[str, str]) -> Image.Image:
    """A screenshot of a newspaper's page: a name, a headline, an author, the first words."""
    page = Image.new("RGB", (1000, 900), (255, 255, 255))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1000, 96), fill=(28, 62, 92))
    draw.text((60, 48), "Североречинский вестник", (255, 255, 255), font("serif-bold", 38), "lm")
    y = put_lines(draw, (500, 170), given["title"], "serif-bold", 46, _INK, 860) + 20
    author = f"{given['student']}, {given['grade']} класс"
    y = put_lines(draw, (500, y), author, "sans", 24, (110, 110, 118), 860) + 30
    for sentence in _NEWS:
        for line in lines_of(sentence, "serif", 27, 860):
            draw.text((70, y), line, _INK, font("serif", 27), "lm")
            y += 40
        y += 24
    return page


def poem_page(rng: random.Random, given: dict[str, str]) -> Image.Image:
    """A squared exercise-book page with a poem written by hand."""
    page = paper(rng, (1180, 1500), (250, 250, 244))
    draw = ImageDraw.Draw(page)
    for at in range(20, 1500, 37):
        draw.line((0, at, 1180, at), fill=(190, 208, 232))
        draw.line((at, 0, at, 1500), fill=(198, 214, 236))
    draw.line((1070, 0, 1070, 1500), fill=(226, 130, 130), width=3)
    handwriting(rng, page, (210, 168), given["title"], 60)
    y = 300.0
    verses = next(
        (lines for word, lines in _POEMS.items() if word in given["title"].lower()), _POEMS["дорог"]
    )
    for line in verses:
        handwriting(rng, page, (130 + rng.randint(-6, 10), y), line, 44, PEN)
        y += 74 if line else 40
    return page


def plan_page(rng: random.Random, given: dict[str, str]) -> Image.Image:
    """A drawing to scale: plan, section, sizes, a stamp of the sheet."""
    page = paper(rng, (1668, 1180), (250, 249, 244))
    draw = ImageDraw.Draw(page)
    thin, ink = (96, 100, 110), (40, 44, 54)
    draw.rectangle((90, 30, 1638, 1150), outline=ink, width=5)
    put_line(draw, (500, 90), "План  М 1:50", "sans", 32, ink)
    put_line(draw, (1210, 90), "Разрез 1–1", "sans", 32, ink)
    draw.rectangle((200, 200, 800, 720), outline=ink, width=12)
    draw.rectangle((400, 704, 560, 726), fill=(250, 249, 244))
    draw.arc((400, 560, 720, 880), 180, 270, fill=thin, width=2)
    draw.line((500, 206, 500, 470), fill=ink, width=8)
    for index in range(7):
        draw.rectangle((230, 250 + index * 58, 300, 300 + index * 58), outline=thin, width=2)
        draw.ellipse(
            (
                610 + index % 3 * 56,
                300 + index // 3 * 90,
                650 + index % 3 * 56,
                340 + index // 3 * 90,
            ),
            outline=thin,
            width=2,
        )
    for x0, x1 in ((200, 500), (500, 800)):
        draw.line((x0, 800, x1, 800), fill=thin, width=2)
        for x in (x0, x1):
            draw.line((x - 9, 809, x + 9, 791), fill=ink, width=3)
        put_line(draw, ((x0 + x1) / 2, 780), str(rng.randint(24, 48) * 100), "sans-italic", 26, ink)
    draw.line((900, 720, 1580, 720), fill=ink, width=8)
    draw.line(
        [(960, 716), (960, 400), (1240, 260), (1540, 420), (1540, 716)],
        fill=ink,
        width=10,
        joint="curve",
    )
    draw.line([(920, 420), (1240, 246), (1580, 430)], fill=ink, width=5)
    for x in range(910, 1580, 22):
        draw.line((x, 724, x - 20, 748), fill=thin, width=2)
    for index in range(5):
        draw.line((1240, 300, 1020 + index * 110, 716), fill=(206, 176, 110), width=2)
    draw.line((1180, 716, 1180, 610), fill=ink, width=4)
    draw.ellipse((1166, 570, 1194, 600), outline=ink, width=3)
    draw.rectangle((1040, 950, 1638, 1150), outline=ink, width=4)
    for y in (1000, 1050, 1100):
        draw.line((1040, y, 1638, y), fill=ink, width=2)
    draw.line((1220, 950, 1220, 1150), fill=ink, width=2)
    for row, (one, two) in enumerate(
        (
            ("Проект", given["title"][:36]),
            ("Выполнил", given["student"][:36]),
            ("Школа", "№ 12, Североречинск"),
            ("Лист", "1 из 3"),
        )
    ):
        draw.text((1054, 975 + row * 50), one, fill=ink, font=font("sans", 24), anchor="lm")
        draw.text((1234, 975 + row * 50), two, fill=ink, font=font("sans-italic", 24), anchor="lm")
    return page


def protocol_page(rng: random.Random, given: dict[str, str]) -> Image.Image:
    """A jury's protocol: a table, signatures, a stamp; other children's names are covered."""
    page = paper(rng, (1180, 1668), (251, 251, 248))
    draw = ImageDraw.Draw(page)
    y = put_lines(draw, (590, 140), "ПРОТОКОЛ", "serif-bold", 54, _INK, 900)
    y = put_lines(draw, (590, y + 20), given["event"], "serif", 34, _INK, 900) + 50
    columns = (110, 190, 760, 900, 1070)
    mine = rng.randint(0, 2)
    for row in range(11):
        for left, right in pairwise(columns):
            draw.rectangle((left, y, right, y + 62), outline=(90, 90, 96), width=2)
        if row == 0:
            words = ("№", "Фамилия, имя", "Класс", "Итог")
        elif row - 1 == mine:
            words = (
                str(row),
                " ".join(given["student"].split()[:2]),
                given["grade"],
                f"{rng.randint(2, 9)},{rng.randint(10, 99)}",
            )
        else:
            # names of other children are covered before a protocol goes into a portfolio
            draw.rectangle((204, y + 14, 204 + rng.randint(260, 500), y + 48), fill=(30, 30, 34))
            words = (str(row), "", "", f"{rng.randint(2, 9)},{rng.randint(10, 99)}")
        for left, right, word in zip(columns, columns[1:], words, strict=False):
            put_line(
                draw,
                ((left + right) / 2, y + 31),
                word,
                "serif-bold" if row == 0 else "serif",
                28,
                _INK,
            )
        y += 62
    for index, post in enumerate(("Председатель жюри", "Секретарь")):
        draw.text(
            (120, y + 110 + index * 110), post, fill=_INK, font=font("serif", 30), anchor="lm"
        )
        signature(rng, page, (560, y + 110 + index * 110), 230)
    stamp(rng, page, (480, y + 160), 112, "Школа № 12 города Североречинска")
    return page
