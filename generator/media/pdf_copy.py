"""A PDF's bytes -> a new PDF of its pages alone. What may leave a document?

What is not named here does not come along: no metadata, scripts, actions, links, forms, files,
old revisions. Pictures lose all but their pixels.
"""

import re
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from generator.media.fonts import clean_font
from generator.media.icc import clean_profile
from generator.media.jpeg_clean import strip

_PAGE = "MediaBox CropBox Rotate UserUnit Group Resources"
# By what they belong to; a key is kept wherever it stands, for none of them can hold a document.
_KEPT = frozenset(
    "/" + key
    for keys in (
        "Type Subtype S Resources ProcSet Group CS I K",
        "Width Height ColorSpace BitsPerComponent ImageMask Mask SMask Decode Interpolate Intent",
        "Matte SMaskInData BBox Matrix FormType",
        "BaseFont FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences",
        "ToUnicode DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W DW2 W2",
        "CIDToGIDMap FontBBox FontMatrix FontName Flags ItalicAngle Ascent Descent Leading",
        "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3",
        "Length1 Length2 Length3 CMapName WMode UseCMap",
        "LW LC LJ ML D RI OP op OPM BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC",
        "FunctionType Domain Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds",
        "ShadingType Background AntiAlias Function Coords Extend BitsPerCoordinate BitsPerFlag",
        "VerticesPerRow PatternType PaintType TilingType XStep YStep Shading ExtGState Font",
        "WhitePoint BlackPoint Gamma Alternate",
        "Rows Columns BlackIs1 EncodedByteAlign EndOfLine EndOfBlock ColorTransform JBIG2Globals",
    )
    for key in keys.split()
)
# In these the keys are names that the page itself gave to its fonts, pictures, colours.
_MAPS_ANYWHERE = frozenset(("/CharProcs", "/Colorants"))
_MAPS = _MAPS_ANYWHERE | {
    f"/{key}" for key in ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading")
}
_MAP, _IN_MAP = "map of ", "in "
_MARKS = frozenset(("BDC", "BMC", "EMC", "DP", "MP"))
# Whoever makes a PDF calls its fonts, pictures and inks as they like; these alone mean something.
_MEANING = frozenset(
    "/" + name
    for names in (
        "DeviceGray DeviceRGB DeviceCMYK DefaultGray DefaultRGB DefaultCMYK Pattern",
        "All None Cyan Magenta Yellow Black",
        "Scan",  # ours, of pages that became pictures
    )
    for name in names.split()
)
_STEPS = frozenset(
    sign
    for signs in (
        "b B b* B* BT BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J k K l m M n q Q re RG",
        "rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"",
    )
    for sign in signs.split()
)
_NAMING = frozenset(["Tf", "Do", "gs", "cs", "CS", "scn", "SCN", "sh"])
_INTENTS = frozenset(
    ("/Perceptual", "/RelativeColorimetric", "/AbsoluteColorimetric", "/Saturation")
)
_WRITING = frozenset(("Tj", "TJ", "'", '"'))
# Of the head of a small picture: numbers, flags, how it is packed and coloured.
_INLINE = re.compile(
    rb"BI(?:\s*(?:/(?:W|H|BPC|CS|IM|D|DP|F|I|K|Columns|Rows|BlackIs1|EndOfLine|EncodedByteAlign|EndOfBlock"
    rb"|Width|Height|BitsPerComponent|ColorSpace|ImageMask|Decode|DecodeParms|Filter|Interpolate"
    rb"|Predictor|Colors|EarlyChange|G|RGB|CMYK|DeviceGray|DeviceRGB|DeviceCMYK|AHx|A85|LZW|Fl|RL|CCF"
    rb"|\w+Decode)(?![\w#])|[-+.\d]+|true|false|null|\[|\]|<<|>>))*\s*"
)
_COMMENT = re.compile(rb"^[ \t]*%[^\r\n]*", re.MULTILINE)
_LONG_SIDE = 842
_DEEPEST = 60
_MOST = 50_000
_UNPACKED = 100_000_000


class Unknown(Exception):
    """The PDF is made in a way that we cannot vouch for."""


def copy_pages(content: bytes) -> bytes:
    """A clean PDF of the same pages; `Unknown` when some part cannot be vouched for."""
    try:
        return _copied(content)
    except (pikepdf.PdfError, ValueError, LookupError, TypeError) as error:
        raise Unknown("damaged, or packed in an unusual way") from error


def _copied(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as target:
        if "/OCProperties" in source.Root:
            raise Unknown("layers that may be hidden")
        # What was filled in or stamped on a page becomes part of it.
        source.flatten_annotations()
        copying = _Copying(target)
        for page in source.pages:
            target.pages.append(pikepdf.Page(copying.page(page)))
        return to_file(target)


def to_file(document: Pdf) -> bytes:
    """The bytes of a PDF of ours: always the same for the same pages."""
    out = BytesIO()
    document.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


class _Copying:
    """One walk through a document: what was copied is remembered by its number."""

    def __init__(self, target: Pdf) -> None:
        self.target = target
        self.known: dict[tuple[int, int], Object] = {}
        self.names: dict[str, str] = {}

    def name(self, given: str) -> str:
        """A name that says nothing, the same for the same name in the whole document."""
        if given in _MEANING:
            return given
        return self.names.setdefault(given, f"/N{len(self.names)}")

    def page(self, page: pikepdf.Page) -> Dictionary:
        """A page: its boxes, what it needs, and how it is painted."""
        made = Dictionary(Type=Name.Page)
        for key in _PAGE.split():
            if (value := _inherited(page, f"/{key}")) is not None:
                made[f"/{key}"] = self.copy(value, 0, f"/{key}")
        made.Contents = self.target.make_stream(self.painted(page))
        return made

    def copy(self, thing: Any, depth: int, under: str = "") -> Any:
        """The same thing, of allowed parts only; `under` is the key it stands behind."""
        if depth > _DEEPEST or len(self.known) > _MOST:
            raise Unknown("too deep or too much")
        if isinstance(thing, Stream):
            return self.once(thing, lambda: self.stream(thing, depth, under))
        if isinstance(thing, Dictionary):
            return self.once(thing, lambda: Dictionary(self.pairs(thing, depth, under)))
        if isinstance(thing, Array):
            return self.once(thing, lambda: self.row(thing, depth))
        return thing

    def row(self, thing: Array, depth: int) -> Array:
        """A list; the inks in a description of colours lose their names."""
        made = [self.copy(one, depth + 1) for one in thing]
        if len(made) > 1 and made[0] in (Name.Separation, Name.DeviceN):
            inks = made[1]
            if isinstance(inks, Array):
                made[1] = Array([Name(self.name(str(one))) for one in inks])
            else:
                made[1] = Name(self.name(str(inks)))
        return Array(made)

    def painted(self, thing: Any) -> bytes:
        """How something is painted, without marks for other programs, comments and names."""
        kept: list[Any] = []
        for step in pikepdf.parse_content_stream(thing):
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                kept.append(_inline(step))
            elif (sign := str(step.operator)) not in _MARKS:
                if sign not in _STEPS:
                    raise Unknown("a step of painting that nobody knows")
                operands = [self.operand(one, sign) for one in step.operands]
                kept.append(pikepdf.ContentStreamInstruction(operands, step.operator))
        return pikepdf.unparse_content_stream(kept)

    def operand(self, one: Any, sign: str) -> Any:
        """What a step of painting is told; words only where they are seen."""
        if isinstance(one, Name):
            if sign in _NAMING:
                return Name(self.name(str(one)))
            if sign != "ri" or str(one) not in _INTENTS:
                raise Unknown("a name where none belongs")
        words = isinstance(one, pikepdf.String | Dictionary)
        words |= isinstance(one, Array) and any(isinstance(part, pikepdf.String) for part in one)
        if words and sign not in _WRITING:
            raise Unknown("words where none belong")
        return one

    def once(self, thing: Object, make: Callable[[], Object]) -> Object:
        """What was made of a numbered object before, or is made now."""
        number = thing.objgen
        if number == (0, 0):
            return make()
        if number not in self.known:
            # A thing that holds itself must not be walked for ever.
            self.known[number] = self.target.make_indirect(Dictionary())
            self.known[number] = self.target.make_indirect(make())
        return self.known[number]

    def pairs(self, thing: Any, depth: int, under: str = "") -> dict[str, Object]:
        """The allowed entries of a dictionary, or of a stream's."""
        if under.startswith(_MAP):
            inside = under.replace(_MAP, _IN_MAP)
            # A letter's name leads from the encoding to its drawing: it has to stay.
            name = str if under == f"{_MAP}/CharProcs" else self.name
            return {name(key): self.copy(one, depth + 1, inside) for key, one in thing.items()}
        is_map = _MAPS if under == "/Resources" else _MAPS_ANYWHERE
        return {
            key: self.copy(one, depth + 1, _MAP + key if key in is_map else key)
            for key, one in thing.items()
            if key in _KEPT or key in is_map
        }

    def stream(self, thing: Stream, depth: int, under: str) -> Stream:
        """A picture, a font, a piece of painting: each by its own rule."""
        if thing.get("/Subtype") == "/PS":
            raise Unknown("a program for printers")
        content, packing = _content(thing, under, self.painted)
        made = self.target.make_stream(content)
        for key, value in (self.pairs(thing, depth) | packing).items():
            made[key] = value
        return made


def _inherited(page: pikepdf.Page, key: str) -> Object | None:
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if key in node:
            found: Object = node[key]
            return found
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None


def _content(
    thing: Stream, under: str, painted: Callable[[Any], bytes]
) -> tuple[bytes, dict[str, Object]]:
    """A stream's clean bytes, and how they are packed."""
    filters, parms = _filters(thing), thing.get("/DecodeParms")
    if filters[-1:] == ["/DCTDecode"]:
        raw = thing.read_raw_bytes()
        for step in filters[:-1]:
            raw = _unpack(step, raw)
        return strip(raw), {"/Filter": Name.DCTDecode, "/DecodeParms": _last(parms)}
    if filters in (["/CCITTFaxDecode"], ["/JBIG2Decode"]):
        last = _last(parms)
        if "/JBIG2Globals" in last:
            raise Unknown("pieces of pictures in another place")
        return thing.read_raw_bytes(), {"/Filter": Name(filters[0]), "/DecodeParms": last}
    content = thing.read_bytes()
    if len(content) > _UNPACKED:
        raise Unknown("too much")
    clean = _by_use(thing, content, under)
    return (painted(thing) if clean is None else clean), {}


def _by_use(thing: Stream, content: bytes, under: str) -> bytes | None:
    """The clean bytes of what is not painted; None of what is."""
    if under.startswith("/FontFile"):
        return clean_font(content)
    if (
        under == f"{_IN_MAP}/CharProcs"
        or thing.get("/Subtype") == "/Form"
        or "/PatternType" in thing
    ):
        return None
    if content[36:40] == b"acsp":
        return clean_profile(content)
    return _COMMENT.sub(b"", content) if b"begincmap" in content else content


def _inline(step: pikepdf.ContentStreamInlineImage) -> pikepdf.ContentStreamInlineImage:
    """A small picture in the middle of painting."""
    if "/DCTDecode" in step.iimage.filters:
        raise Unknown("a photo in the middle of painting")
    if not _INLINE.fullmatch(step.iimage.unparse().partition(b"ID")[0]):
        raise Unknown("words in a small picture")
    return step


def _filters(thing: Stream) -> list[str]:
    given = thing.get("/Filter")
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, Array) else [str(given)]


def _unpack(step: str, raw: bytes) -> bytes:
    if step != "/FlateDecode":
        raise Unknown("packed in an unusual way")
    return zlib.decompressobj().decompress(raw, _UNPACKED)


def _last(parms: Any) -> Dictionary:
    """How the last filter unpacks: numbers and flags only."""
    last = parms[-1] if isinstance(parms, Array) else parms
    if not isinstance(last, Dictionary):
        return Dictionary()
    return Dictionary({key: value for key, value in last.items() if key in _KEPT})


def from_pictures(pictures: Iterable[tuple[bytes, int, int]]) -> bytes:
    """A PDF of JPEGs in RGB, a page each, as wide as they are: bytes, width, height in pixels."""
    with pikepdf.new() as target:
        for content, width, height in pictures:
            picture = target.make_stream(
                content,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=width,
                Height=height,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
            )
            # The long side as that of A4, in points: it is printed as large as the paper was.
            scale = _LONG_SIDE / max(width, height)
            across, down = width * scale, height * scale
            paint = f"{across:.3f} 0 0 {down:.3f} 0 0 cm /Scan Do".encode()
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(across, 3), round(down, 3)]),
                Resources=Dictionary(XObject=Dictionary(Scan=picture)),
                Contents=target.make_stream(paint),
            )
            target.pages.append(pikepdf.Page(page))
        return to_file(target)
