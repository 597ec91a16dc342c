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
    "scan-heic": _Words(
        Text("снимок в формате HEIC или AVIF", "the picture is HEIC or AVIF"),
        Text(
            "сохраните снимок как JPEG (айфон: Настройки, Камера, Форматы, Наиболее совместимый)",
            "save it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)",
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
    "scan-locked": _Words(
        Text("PDF закрыт паролем", "the PDF is locked with a password"),
        Text("сохраните его без пароля", "save it without a password"),
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
