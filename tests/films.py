"""Short films as phones make them: with sound, turned, and full of words about where and when they were taken."""

import io
import struct
from datetime import UTC, datetime

import av
from PIL import Image

CANARY = "CANARY+31.2304+121.4737"
MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def film(
    *, seconds: int = 1, size: tuple[int, int] = (96, 64), turned: int = 0, rate: int = 10
) -> bytes:
    """An MP4 of one colour after the other; its traces hold the canary in every place known to us."""
    out = io.BytesIO()
    traces = {
        "location": CANARY, "comment": CANARY, "com.apple.quicktime.location.ISO6709": CANARY,
        "creation_time": MOMENT.isoformat(),
    }  # fmt: skip
    with av.open(out, "w", format="mp4", options={"movflags": "+use_metadata_tags"}) as box:
        box.metadata.update(traces)
        picture = box.add_stream("libx264", rate=rate)
        picture.width, picture.height = size
        picture.pix_fmt = "yuv420p"
        picture.metadata["handler_name"] = CANARY
        if turned:
            picture.set_display_rotation(turned)
        sound = box.add_stream("aac", rate=16000, layout="mono")
        for number in range(rate * seconds):
            image = Image.new("RGB", size, (number * 20 % 255, 90, 160))
            box.mux(picture.encode(av.VideoFrame.from_image(image)))
        for number in range(16000 * seconds // 1024 + 1):
            frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
            frame.planes[0].update(bytes(2048))
            frame.rate, frame.pts = 16000, number * 1024
            box.mux(sound.encode(frame))
        box.mux(picture.encode(None))
        box.mux(sound.encode(None))
    return (
        out.getvalue()
        + _box(b"uuid", b"\xbe" * 16)
        + _box(b"free", b"")
        + b"PK\x03\x04"
        + CANARY.encode()
    )


def _box(kind: bytes, head: bytes) -> bytes:
    body = head + CANARY.encode()
    return struct.pack(">I", 8 + len(body)) + kind + body
