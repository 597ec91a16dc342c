"""The extra `[heic]` -> Pillow that reads HEIC. Is it installed?"""

from importlib.util import find_spec

from generator.media.refusals import Refused


def is_there() -> bool:
    """Whether pictures of iPhones can be read here."""
    return find_spec("pillow_heif") is not None


def enable() -> None:
    """Lets Pillow read HEIC, upright and with its orientation already told as such."""
    if not is_there():
        raise Refused("scan-heic")
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
