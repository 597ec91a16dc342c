"""A PDF's bytes -> what it carries besides pages. May people be asked to open it?

Its pages are shown as pictures, in which nothing can run. The file itself is opened by teachers
who compare it with the paper: that is why a PDF with a program in it is refused.
"""

from io import BytesIO

import pikepdf

from generator.media.cut import was_cut
from generator.media.refusals import Refused

ATTACHMENT = "scan-attachment"

# In a PDF written anew names are spelled plainly, and packed objects lie open. Tokens this long
# do not occur in packed pixels by chance.
_ACTIVE = ((b"/JavaScript", "scan-script"), (b"/Launch", "scan-launch"))
_ATTACHED = (b"/EmbeddedFile", b"/RichMedia")


def read_carried(content: bytes) -> tuple[str, ...]:
    """Codes of remarks about what it carries; refuses programs, and forms that show no page."""
    if was_cut(content, "pdf"):
        # It might open all the same, with pages lost.
        raise Refused("scan-cut")
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.Root.get("/NeedsRendering", False):
                raise Refused("scan-form")
            plain = _plain(document)
    except pikepdf.PasswordError:
        raise Refused("scan-locked") from None
    for token, code in _ACTIVE:
        if token in plain:
            raise Refused(code)
    return (ATTACHMENT,) if any(token in plain for token in _ATTACHED) else ()


def _plain(document: pikepdf.Pdf) -> bytes:
    """Everything that can be reached in it, its streams as they are."""
    out = BytesIO()
    document.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        recompress_flate=False,
        encryption=False,
    )
    return out.getvalue()
