"""Codes of files that cannot be read, and of scans -> their pages. What does each one mean?

The other codes explain themselves in the docstrings of their checks.
"""

from collections.abc import Mapping

from generator.check.scan_pages import SCAN_PAGES
from generator.say.pages import split_pages

_PAGES = """
broken-yaml: The file cannot be read from some place on.
    Что это значит: в этом месте нарушен порядок ключей, отступов, кавычек или скобок.
    Почему важно: что стоит дальше, неизвестно, поэтому файл не читается целиком.
    Не так: title: Олимпиада: первый тур
    А так: title: "Олимпиада: первый тур"

not-utf8: The file is not written in UTF-8.
    Что это значит: файл сохранён в другой кодировке, например Windows-1251.
    Почему важно: русские буквы превратились бы в непонятные знаки.
    Не так: «Сохранить как» в кодировке ANSI
    А так: «Сохранить как» в кодировке UTF-8

control-character: The file holds an invisible control sign.
    Что это значит: такие знаки попадают в текст при копировании из других программ.
    Почему важно: они ломают показ страницы, переставляют буквы или прячут слово от проверок.
    Не так: текст, скопированный вместе со служебными знаками
    А так: то же самое, набранное заново

file-too-big: A YAML file is larger than 1 MB.
    Что это значит: обычная запись занимает несколько килобайт.
    Почему важно: скорее всего, в файл попало лишнее.
    Не так: картинка, вставленная в entry.yml
    А так: картинка рядом, а в entry.yml её имя

file-not-opened: A file is there and cannot be opened.
    Что это значит: нет права читать этот файл.
    Почему важно: показано будет не всё.
    Не так: файл доступен только другому человеку
    А так: файл доступен тому, кто собирает портфолио

not-a-file: A link or a device stands where a file belongs.
    Что это значит: это ярлык или ссылка, а не сам файл.
    Почему важно: ссылка может вести к чужим файлам, поэтому по ней не ходят.
    Не так: diplom.jpg — ссылка на файл в другой папке
    А так: diplom.jpg — сам файл

yaml-anchor: A value begins with & or *.
    Что это значит: в YAML эти знаки значат «то же, что в другом месте»; здесь так не пишут.
    Почему важно: каждая запись должна читаться сама по себе.
    Не так: title: *олимпиада
    А так: title: "*олимпиада"

yaml-tag: A value begins with an exclamation mark.
    Что это значит: в YAML так указывают вид значения; здесь этого не нужно.
    Почему важно: вид значения решает программа, а не файл.
    Не так: title: !Ура
    А так: title: "!Ура"

merge-key: The key << is used.
    Что это значит: в YAML так вставляют чужие ключи; здесь так не пишут.
    Почему важно: каждая запись должна читаться сама по себе.
    Не так: << с чужими ключами
    А так: все ключи написаны полностью

key-not-text: There is no word where a key belongs.
    Что это значит: перед двоеточием пусто, список или скобки.
    Почему важно: без слова неизвестно, что это за значение.
    Не так: "": диплом
    А так: title: диплом

key-twice: A key stands twice in one place.
    Что это значит: один ключ записан два раза.
    Почему важно: неизвестно, какое из двух значений верное.
    Не так: две строки title
    А так: одна строка title

not-a-mapping: A file does not begin with a key.
    Что это значит: файл начинается со списка или просто с текста.
    Почему важно: без ключей неизвестно, что есть что.
    Не так: - id: orlova
    А так: people: и ниже, с отступом, - id: orlova

several-documents: A second document begins in the file.
    Что это значит: строка из трёх дефисов начинает в YAML новый документ.
    Почему важно: второй документ никто бы не прочёл.
    Не так: --- посреди файла
    А так: файл без таких строк

too-deep: Values are nested deeper than 16 levels.
    Что это значит: скобки или отступы вложены слишком глубоко.
    Почему важно: в портфолио такого не бывает, это ошибка или порча файла.
    Не так: семнадцать скобок подряд
    А так: обычная запись

too-many-values: A file holds more than 100,000 values.
    Что это значит: файл во много раз больше обычного.
    Почему важно: скорее всего, в файл попало лишнее.
    Не так: таблица, целиком вставленная в файл
    А так: только нужное

unknown-key: A key is not known here.
    Что это значит: в имени ключа опечатка, или он стоит не на своём месте.
    Почему важно: ничего не пропускается молча: иначе написанное потерялось бы.
    Не так: titel: Олимпиада
    А так: title: Олимпиада

missing-key: A key that is needed is not filled in.
    Что это значит: нужного ключа нет или после двоеточия пусто.
    Почему важно: без него запись нельзя показать.
    Не так: запись без title
    А так: title: Олимпиада по математике

wrong-date: A value is not a date.
    Что это значит: день записан иначе, чем год-месяц-день, такого дня не бывает, или год не
    из 1900-2100.
    Почему важно: по дате запись попадает в свой учебный год.
    Не так: date: 01.09.2026
    А так: date: 2026-09-01

time-zone-unknown: There is no such time zone.
    Что это значит: в time_zone опечатка, или это не название пояса из базы IANA.
    Почему важно: по поясу школы решается, какой сегодня день: действует ли согласие или приказ.
    Не так: time_zone: Europe/Moskva
    А так: time_zone: Europe/Moscow

not-a-number: A value is not a whole number.
    Что это значит: нужны только цифры.
    Почему важно: со словами число нельзя ни сравнить, ни сложить.
    Не так: hours: 72 часа
    А так: hours: 72

out-of-range: A number is too small or too big.
    Что это значит: число не из тех, что здесь бывают.
    Почему важно: это почти всегда опечатка.
    Не так: grade: 14
    А так: grade: 4

flag-not-true-false: A value is neither true nor false.
    Что это значит: здесь пишут true (да) или false (нет).
    Почему важно: «да», «yes» и «1» люди и программы понимают по-разному.
    Не так: draft: да
    А так: draft: true

unknown-kind: There is no such kind of entry.
    Что это значит: слово в kind не из списка видов.
    Почему важно: от вида зависит, какие ключи бывают у записи.
    Не так: kind: olympiad
    А так: kind: contest и form: olympiad

unknown-choice: A word is none of those that can be chosen.
    Что это значит: здесь подходит только слово из короткого списка.
    Почему важно: например, от visibility зависит, кто увидит запись.
    Не так: visibility: all
    А так: visibility: school

wrong-id: An id or a folder's name holds other signs than it may.
    Что это значит: годятся маленькие латинские буквы, цифры и дефис.
    Почему важно: такие имена одинаково работают на любом компьютере.
    Не так: id: Белова_Анна
    А так: id: belova-anna

wrong-format: A value is not written the way it is written here.
    Что это значит: у значения есть точная запись, и эта на неё не похожа.
    Почему важно: иначе его не сравнить с другими.
    Не так: year: 2026
    А так: year: 2026-27

too-long: A text is longer than what fits.
    Что это значит: для этого места текст слишком велик.
    Почему важно: на странице он не поместился бы.
    Не так: рассказ в title
    А так: название в title, рассказ в reflection

not-one-line: Several lines stand where one belongs.
    Что это значит: в значении есть перенос строки.
    Почему важно: на этом месте страницы всего одна строка.
    Не так: title из двух строк
    А так: title из одной строки

expected-text: A list or keys stand where one value belongs.
    Что это значит: нужно одно значение.
    Почему важно: неизвестно, какое из нескольких показать.
    Не так: title: [Олимпиада, тур 1]
    А так: title: Олимпиада, тур 1

expected-list: One value stands where a list belongs.
    Что это значит: нужен список, пусть и из одного пункта.
    Почему важно: потом добавят второй пункт, и запись не изменится.
    Не так: tags: experience
    А так: tags: [experience]

expected-keys: One value stands where keys with values belong.
    Что это значит: нужны ключи, каждый со своим значением.
    Почему важно: из одного значения неясно, что есть что.
    Не так: period: 2026
    А так: period: и ниже, с отступом, start: 2026-02-01

unknown-file: A file or folder has no place here.
    Что это значит: в имени опечатка, или файл лежит не в той папке.
    Почему важно: ничего не пропускается молча: иначе согласие с опечаткой в имени пропало бы.
    Не так: records/belova-anna/consnet.yml
    А так: records/belova-anna/consent.yml

missing-file: A file that is needed is missing.
    Что это значит: в папке нет файла, без которого остальное не прочесть.
    Почему важно: например, сканы без entry.yml никто не увидит.
    Не так: папка записи, в которой только diplom.jpg
    А так: рядом с diplom.jpg лежит entry.yml

student-without-record: A student's folder has no record of the school.
    Что это значит: папка в students есть, а records/<ученик>/student.yml нет.
    Почему важно: имя, согласия и класс ведёт школа; без них ничего не показать.
    Не так: students/belova-ana и records/belova-anna
    А так: students/belova-anna и records/belova-anna
"""


PAGES: Mapping[str, str] = split_pages(_PAGES) | split_pages(SCAN_PAGES)
