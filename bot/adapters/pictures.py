"""A picture as people send it becomes an upright JPEG of bounded size, with nothing in it but the picture."""

import io
import struct

from PIL import Image, ImageOps

from core.errors import Invalid

# What phones and scanners make; Pillow can read much more, and each reader more is one more to trust.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# A plain JPEG is decoded as small as it is kept, all others (progressive ones too) as large as they are.
MAX_PIXELS = {"JPEG": 40_000_000, "MPO": 40_000_000}
MAX_DECODED = 9_000_000
ORIENTATION = 0x0112
LONGEST_SIDE = 2048
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, MemoryError)  # fmt: skip


def clean_picture(content: bytes) -> bytes:
    """Raises Invalid("file", "too_many_pixels" | "not_a_picture")."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            whole = picture.format not in MAX_PIXELS or "progressive" in picture.info
            most = MAX_DECODED if whole else MAX_PIXELS[picture.format or ""]
            if picture.width * picture.height > most:
                raise Invalid("file", "too_many_pixels", {"most": most // 1_000_000})
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            small = picture.convert("RGB")
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = _turned(small, picture)
    except Image.DecompressionBombError as error:
        raise Invalid("file", "too_many_pixels") from error
    except _BROKEN as error:
        raise Invalid("file", "not_a_picture") from error
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()


def _turned(small: Image.Image, picture: Image.Image) -> Image.Image:
    """As the camera was held."""
    small.info = {}
    small.getexif()[ORIENTATION] = picture.getexif().get(ORIENTATION, 1)
    return ImageOps.exif_transpose(small)
