"""A picture on a page -> its width once it is drawn. Was it opened?"""

DRAWN = """async image => {
    // While a picture changes for its sharper sister, decode() of the first one is refused.
    for (let asked = null; asked !== image.src;) {
        asked = image.src;
        await image.decode().catch(refused => { if (asked === image.src) throw refused; });
    }
    return image.naturalWidth;
}"""
"""For `evaluate`: CSS pixels of the picture itself; an error when it is damaged."""
