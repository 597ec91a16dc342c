"""Code -> words. Why was a scan not taken, and what can its owner do?"""

from dataclasses import dataclass

from generator.diagnostic import Diagnostic, Place, Text


class Refused(Exception):
    """A scan that is not taken: its code and the amount that was too much, if any."""

    def __init__(self, code: str, amount: str = "") -> None:
        super().__init__(code, amount)
        self.code = code
        self.amount = amount


@dataclass(frozen=True)
class _Words:
    """`{amount}` in a message is replaced by what the gate measured."""

    message: Text
    fix: Text


_SAVE_AGAIN = Text(
    "откройте файл на компьютере и сохраните его заново как JPEG; не открывается - снимите ещё раз",
    "open the file and save it again as JPEG; if it does not open, photograph it again",
)
_SMALLER = Text(
    "уменьшите снимок: 2000 точек по длинной стороне хватает, чтобы прочесть любой диплом",
    "make the picture smaller: 2000 pixels on the long side are enough to read any diploma",
)
_PRINT = Text(
    "откройте его, выберите «Печать», «Сохранить как PDF» и положите новый файл",
    "open it, choose Print, Save as PDF, and put the new file here",
)
_COPY_IN = Text(
    "положите сам файл в папку записи и укажите его имя",
    "put the file itself into the entry's folder and give its name",
)

_TABLE = {
    "scan-absent": _Words(
        Text("файла скана больше нет на месте", "the scan's file is no longer there"), _COPY_IN
    ),
    "scan-outside": _Words(
        Text("путь к скану выходит из папки портфолио", "the scan's path leaves the portfolios"),
        _COPY_IN,
    ),
    "scan-link": _Words(
        Text("вместо скана стоит ссылка на другой файл", "a link stands in the scan's place"),
        _COPY_IN,
    ),
    "scan-no-file": _Words(
        Text("вместо скана - папка или устройство", "a folder or device stands in for the scan"),
        _COPY_IN,
    ),
    "scan-closed": _Words(
        Text("файл скана не даёт себя прочесть", "the scan's file may not be read"),
        Text("разрешите чтение файла и повторите", "allow reading the file and try again"),
    ),
    "scan-changed": _Words(
        Text("файл скана изменился во время сборки", "the scan changed during the build"),
        Text("запустите сборку ещё раз", "run the build again"),
    ),
    "scan-empty": _Words(
        Text("файл скана пуст", "the scan's file is empty"),
        Text("скопируйте файл ещё раз", "copy the file once more"),
    ),
    "scan-lfs": _Words(
        Text(
            "это заглушка Git LFS: сам скан не скачан",
            "this is a Git LFS pointer: the scan itself was not fetched",
        ),
        Text("выполните `git lfs pull`", "run `git lfs pull`"),
    ),
    "scan-annex": _Words(
        Text(
            "это заглушка git-annex: сам скан не скачан",
            "this is a git-annex pointer: the scan itself was not fetched",
        ),
        Text("выполните `git annex get .`", "run `git annex get .`"),
    ),
    "scan-name": _Words(
        Text(
            "в имени файла невидимые знаки, или оно длиннее 200 байт",
            "the file's name holds invisible signs, or is longer than 200 bytes",
        ),
        Text(
            "назовите файл коротко латинскими буквами, например diplom.jpg",
            "give it a short name in Latin letters, for example diplom.jpg",
        ),
    ),
    "scan-heic": _Words(
        Text("снимок в формате HEIC", "the picture is HEIC"),
        Text(
            "сохраните снимок как JPEG (айфон: Настройки, Камера, Форматы, Наиболее совместимый)",
            "save it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)",
        ),
    ),
    "scan-avif": _Words(
        Text("картинка в формате AVIF", "the picture is AVIF"),
        Text("откройте её и сохраните как JPEG", "open it and save it as JPEG"),
    ),
    "scan-svg": _Words(
        Text(
            "это рисунок SVG: внутри него может быть программа",
            "this is SVG: it may hold a program",
        ),
        Text("сохраните рисунок как PNG", "save the drawing as PNG"),
    ),
    "scan-html": _Words(
        Text("это страница из интернета, а не снимок", "this is a web page, not a picture"),
        Text(
            "откройте её и выберите «Печать», «Сохранить как PDF»",
            "open it and choose Print, Save as PDF",
        ),
    ),
    "scan-eps": _Words(
        Text("это PostScript: такой файл сам по себе программа", "this is PostScript: a program"),
        Text("сохраните его как PDF или PNG", "save it as PDF or PNG"),
    ),
    "scan-film": _Words(
        Text("это видео или звук, а не снимок", "this is a film or a sound, not a picture"),
        Text(
            "положите кадр из видео как JPEG, а на само видео сошлитесь словами",
            "put a still of it as JPEG, and tell of the film in words",
        ),
    ),
    "scan-document": _Words(
        Text(
            "это документ или архив{amount}, а не снимок",
            "a document or archive{amount}, no picture",
        ),
        Text(
            "откройте его и сохраните как PDF: сменить окончание имени недостаточно",
            "open it and save it as PDF: changing the ending of its name is not enough",
        ),
    ),
    "scan-kind": _Words(
        Text(
            "по содержимому это не JPEG, PNG, TIFF, WebP и не PDF{amount}",
            "by its content this is no JPEG, PNG, TIFF, WebP or PDF{amount}",
        ),
        Text(
            "сохраните его как JPEG или PDF: сменить окончание имени недостаточно",
            "save it as JPEG or PDF: changing the ending of its name is not enough",
        ),
    ),
    "scan-heavy": _Words(
        Text("файл слишком тяжёлый: {amount} МБ", "the file is too heavy: {amount} MB"), _SMALLER
    ),
    "scan-huge": _Words(
        Text("слишком много точек: {amount}", "too many pixels: {amount}"), _SMALLER
    ),
    "scan-passes": _Words(
        Text("JPEG сложен из {amount} проходов", "the JPEG is made of {amount} passes"), _SAVE_AGAIN
    ),
    "scan-pages": _Words(
        Text("слишком много страниц: {amount}", "too many pages: {amount}"),
        Text("оставьте нужные страницы или разделите файл", "keep what matters or split the file"),
    ),
    "scan-mask-page": _Words(
        Text(
            "закрыть нужно на странице {amount}, а её нет", "a mask is for page {amount}, not there"
        ),
        Text(
            "исправьте «page» в «mask»: страницы считают с первой",
            'mend "page" in "mask": pages are counted from the first',
        ),
    ),
    "scan-locked": _Words(
        Text("PDF закрыт паролем", "the PDF is locked with a password"),
        Text("сохраните его без пароля", "save it without a password"),
    ),
    "scan-script": _Words(
        Text(
            "внутри PDF есть программа (JavaScript)", "there is a program (JavaScript) in the PDF"
        ),
        _PRINT,
    ),
    "scan-launch": _Words(
        Text(
            "этот PDF пытается запустить на компьютере другую программу",
            "this PDF tries to start another program on the computer",
        ),
        Text(
            "не открывайте его; снимите бумагу заново или попросите другой файл",
            "do not open it; photograph the paper again, or ask for another file",
        ),
    ),
    "scan-form": _Words(
        Text(
            "это анкета (XFA): вместо листа другие программы увидят просьбу подождать",
            "this is a form (XFA): other programs see a request to wait instead of a page",
        ),
        _PRINT,
    ),
    "scan-cut": _Words(
        Text("файл оборвался при копировании", "the file was cut off while being copied"),
        Text("скопируйте его с телефона или сканера ещё раз", "copy it from the device once more"),
    ),
    "scan-broken": _Words(Text("файл скана повреждён", "the scan's file is damaged"), _SAVE_AGAIN),
    "scan-costly": _Words(
        Text(
            "скан не удалось прочесть: он требует слишком много памяти или времени",
            "the scan could not be read: it takes too much memory or time",
        ),
        _SAVE_AGAIN,
    ),
}

CODES = tuple(_TABLE)


def diagnose(path: str, refused: Refused) -> Diagnostic:
    """The mistake to show for a scan that was not taken."""
    words = _TABLE[refused.code]
    message = Text(
        words.message.ru.replace("{amount}", refused.amount),
        words.message.en.replace("{amount}", refused.amount),
    )
    return Diagnostic(Place(file=path), refused.code, message, words.fix)
