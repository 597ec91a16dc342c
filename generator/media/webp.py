"""The head of a WebP -> its size. How large does it say it is?"""


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height that the first chunk promises; (0, 0) when it promises none."""
    kind = content[12:16]
    if kind == b"VP8 ":
        return _number(content[26:28]) & 0x3FFF, _number(content[28:30]) & 0x3FFF
    if kind == b"VP8L":
        bits = _number(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return _number(content[24:27]) + 1, _number(content[27:30]) + 1
    return 0, 0


def _number(digits: bytes) -> int:
    return int.from_bytes(digits, "little")
