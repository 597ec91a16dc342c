"""Originals made light before Git, and what came by other ways made light in its place."""

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.media.clean import Clean
from generator.media.derive import read
from generator.media.intake import Light
from generator.media.light import PAGE_BYTES, SIDE, lighten
from generator.media.recipe import STANDARD
from generator.media.refusals import Refused
from generator.media.shrink import Shrunk, write_light
from tests.media.canaries import FORMS
from tests.media.canaries import jpeg as singing
from tests.media.making import TURNED, Watching, exif, lay, pdf, quarters, saved, stream


def photo(size: tuple[int, int] = (3000, 2000)) -> Image.Image:
    """As many details as a camera gives."""
    small = Image.merge(
        "RGB", [Image.effect_noise((size[0] // 24, size[1] // 24), 90) for _ in "RGB"]
    )
    return small.resize(size, Image.Resampling.BICUBIC)


def drawing() -> Image.Image:
    image = Image.new("RGB", (900, 600), "white")
    for n in range(0, 900, 30):
        image.paste((200, n % 256, 0), (n, 0, n + 9, 600))
    return image


def cut_jpeg() -> bytes:
    return saved(Image.effect_noise((300, 300), 60), "JPEG")[:9000]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_photo_becomes_a_jpeg_of_at_most_2000_pixels_and_400_kb(kind: str) -> None:
    light = lighten(saved(photo(), kind))
    assert light.suffix == "jpg"
    assert len(light.content) <= PAGE_BYTES
    with Image.open(io.BytesIO(light.content)) as image:
        assert max(image.size) == SIDE


def test_noise_that_no_quality_makes_light_is_made_smaller() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2000, 2000), 120) for _ in "RGB"])
    light = lighten(saved(noise, "JPEG", quality=95))
    with Image.open(io.BytesIO(light.content)) as image:
        assert 1200 <= max(image.size) < 2000


def test_a_drawing_and_a_fax_become_png() -> None:
    assert lighten(saved(drawing(), "TIFF")).suffix == "png"
    fax = lighten(saved(Image.new("1", (2480, 3508), 1), "TIFF", compression="group4"))
    assert fax.suffix == "png"
    assert max(Image.open(io.BytesIO(fax.content)).size) == SIDE


@pytest.mark.parametrize("orientation", TURNED)
def test_what_is_made_anew_stands_upright_by_itself(orientation: int) -> None:
    size = (96, 64) if orientation < 5 else (64, 96)
    stored = quarters(TURNED[orientation], size).resize((size[0] * 30, size[1] * 30))
    light = lighten(saved(stored, "JPEG", exif=exif(orientation)))
    with Image.open(io.BytesIO(light.content)) as image:
        assert image.size == (2000, 1333)
        assert not image.getexif()


def test_what_is_light_already_keeps_its_pixels() -> None:
    for kind in ("JPEG", "PNG"):
        content = saved(drawing(), kind)
        light = lighten(content).content
        assert Image.open(io.BytesIO(light)).tobytes() == Image.open(io.BytesIO(content)).tobytes()
        assert lighten(light).content == light


def test_a_light_pdf_stays_a_pdf_and_a_heavy_one_becomes_pages_of_pictures() -> None:
    words = pdf(["0 0 1 rg 0 0 100 50 re f"], [])
    light = lighten(words)
    assert light.suffix == "pdf"
    assert b"/Scan" not in light.content
    heavy = saved(photo(), "JPEG", quality=95)
    keys = "/Subtype/Image/Width 3000/Height 2000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    scan = stream(keys + "/Filter/DCTDecode", heavy)
    made = lighten(pdf(["100 0 0 50 0 0 cm /X Do"] * 2, [scan]))
    assert made.suffix == "pdf"
    assert len(made.content) <= 2 * PAGE_BYTES < len(heavy)
    assert len(read(made.content, STANDARD).pages) == 2
    assert lighten(made.content).content == made.content


def test_pages_of_a_tiff_become_one_pdf() -> None:
    pages = [photo((1200, 800))] * 3
    made = lighten(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert made.suffix == "pdf"
    assert len(read(made.content, STANDARD).pages) == 3


def test_what_is_no_scan_is_refused_here_too() -> None:
    with pytest.raises(Refused) as refused:
        lighten(b"<svg/>")
    assert refused.value.code == "scan-svg"


def test_the_same_original_gives_the_same_light_file() -> None:
    for content in (saved(photo(), "JPEG"), saved(drawing(), "TIFF"), pdf([""], [])):
        assert lighten(content) == lighten(content)


@pytest.mark.parametrize(
    ("came", "taken", "called"),
    [
        ("Диплом Щукина, 1 место.JPEG", [], "diplom-shchukina-1-mesto.jpg"),
        ("IMG_0412.HEIC", ["img-0412.jpg"], "img-0412-2.jpg"),
        ("a/b/Грамота.pdf", ["GRAMOTA.JPG", "gramota-2.jpg"], "gramota-3.jpg"),
        ("грамота.png", ["gramota.png"], "gramota.jpg"),
        ("Подъёзд\u0438\u0306.tif", [], "podyozdy.jpg"),
        ("Сөембикә.webp", [], "soembika.jpg"),
        ("café.jpg", [], "cafe.jpg"),
        ("???.jpg", [], "skan.jpg"),
        ("слово" * 30 + ".jpg", [], ("slovo" * 12) + ".jpg"),
    ],
)
def test_a_light_scan_is_named_in_latin_letters_and_unlike_its_neighbours(
    came: str, taken: list[str], called: str
) -> None:
    assert Light(came, Clean(b"", "jpg")).name(taken) == called


@pytest.mark.parametrize("content", [cut_jpeg(), cut_jpeg() + b"\xff\xd9"])
def test_what_was_cut_off_does_not_come_in_though_it_is_light(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        lighten(content)
    assert refused.value.code == "scan-cut"


# What came by other ways


FILES = {
    "heavy.jpg": saved(photo(), "JPEG", quality=95),
    "told.jpg": singing(),
    "photo.png": saved(photo((1200, 800)), "PNG"),
    "PHOTO.JPG": saved(drawing(), "JPEG"),
    "vector.svg": b"<svg/>",
}


def test_shrinking_keeps_names_and_leaves_what_would_be_another_kind(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    (tmp_path / "heavy.jpg").chmod(0o640)
    planned = write_light(tmp_path, [*FILES], Watching(), write=False)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == FILES
    done = write_light(tmp_path, [*FILES], Watching(), write=True)
    assert done == planned
    assert [(one.path, one.name) for one in done.scans] == [
        ("heavy.jpg", ""),
        ("photo.png", "photo-2.jpg"),
        ("told.jpg", ""),
    ]
    assert [one.code for one in done.diagnostics] == ["scan-svg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    assert (tmp_path / "heavy.jpg").stat().st_size == done.scans[0].after <= PAGE_BYTES
    assert (tmp_path / "heavy.jpg").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "photo.png").read_bytes() == FILES["photo.png"]
    assert not FORMS.search((tmp_path / "told.jpg").read_bytes())
    again = write_light(tmp_path, [*FILES], Watching(), write=True)
    assert again.scans == (
        Shrunk("photo.png", done.scans[1].before, done.scans[1].after, "photo-2.jpg"),
    )
