"""An address as a QR code, to be read with another phone or printed."""

import io

import segno

from bot.screen import File


def qr_picture(address: str, *, name: str = "pay.png", scale: int = 8) -> File:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return File(name=name, mime="image/png", content=out.getvalue())
