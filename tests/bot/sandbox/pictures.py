"""Small pictures to send."""

import io

from PIL import Image


def picture(color: str = "teal", size: tuple[int, int] = (640, 480), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()
