"""Copies the picture and the sound of a video and nothing else; a program of its own, for what it reads is hostile.

`python -I remux.py in.mp4 out.mp4 cover.jpg` prints one line of JSON: the film's facts, or why it is refused. Only the
MP4/QuickTime reader is let near the file: others (playlists, lists of files) may open what lies elsewhere.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import av
from av.bitstream import BitStreamFilterContext

MEMORY, CPU_SECONDS, BIGGEST = 1 << 30, 30, 64 << 20
MOST_SECONDS = 180
MOST_PIXELS = 4096 * 2304
COVER_SIDE = 320
# Cameras write text and places between the pictures, too: those units go (their numbers per codec).
NOTES = {"h264": "6", "hevc": "39-40"}
PICTURES = {"h264", "hevc", "mpeg4", "h263", "vp9", "av1"}
SOUNDS = {"aac", "mp3", "opus", "ac3", "alac"}


class Refused(Exception):
    """The reason is a key of the sentences: not_a_video, too_long, too_sharp."""


def limit() -> None:
    """Whatever the file makes the decoder do, this process stays small and ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST, BIGGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(path: str) -> Any:
    return av.open(path, format="mov", metadata_errors="ignore")


def picture_of(container: Any) -> Any:
    """The one stream of pictures, if it is of a kind and size that phones play."""
    streams = [s for s in container.streams.video if s.codec_context and s.codec_context.width]
    if not streams or streams[0].codec_context.name not in PICTURES:
        raise Refused("not_a_video")
    context = streams[0].codec_context
    if context.width * context.height > MOST_PIXELS:
        raise Refused("too_sharp")
    if (container.duration or 0) > MOST_SECONDS * av.time_base:
        raise Refused("too_long")
    return streams[0]


def look(source: str, cover: str) -> dict[str, int]:
    """Decodes the first picture: proof that it is a film, and its cover."""
    with opened(source) as container:
        stream = picture_of(container)
        stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
        frame = next(container.decode(stream), None)
        if frame is None:
            raise Refused("not_a_video")
        shrink = min(1.0, COVER_SIDE / max(frame.width, frame.height))
        small = frame.reformat(
            max(2, int(frame.width * shrink)), max(2, int(frame.height * shrink))
        )
        small.to_image().rotate(frame.rotation, expand=True).save(cover, "JPEG", quality=80)
        upright = frame.rotation % 180 == 0
        sides = (frame.width, frame.height) if upright else (frame.height, frame.width)
    return {"width": sides[0], "height": sides[1]}


def copy(source: str, target: str) -> int:
    """The packets as they are, without containers' words and the notes between pictures; the length in seconds."""
    with ExitStack() as stack:
        read = stack.enter_context(opened(source))
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        write = stack.enter_context(av.open(target, "w", format="mp4", options=options))
        picture = picture_of(read)
        sounds = [s for s in read.streams.audio if s.codec_context.name in SOUNDS][:1]
        kept = {s.index: write.add_stream_from_template(s) for s in (picture, *sounds)}
        notes = _without_notes(picture, kept[picture.index])
        for packet in read.demux(picture, *sounds):
            for one in _cleaned(packet, notes if packet.stream is picture else None):
                one.stream = kept[packet.stream.index]
                write.mux(one)
        return _seconds(read, picture)


def _without_notes(picture: Any, out: Any) -> Any:
    units = NOTES.get(picture.codec_context.name)
    return units and BitStreamFilterContext(f"filter_units=remove_types={units}", picture, out)


def _cleaned(packet: Any, notes: Any) -> Iterator[Any]:
    if notes:
        yield from notes.filter(None if packet.dts is None else packet)
    elif packet.dts is not None:
        yield packet


def _seconds(container: Any, picture: Any) -> int:
    length = picture.duration and float(picture.duration * picture.time_base)
    return max(1, round(length or (container.duration or 0) / av.time_base))


def main(source: str, target: str, cover: str) -> dict[str, Any]:
    try:
        facts = look(source, cover)
        seconds = copy(source, target)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except (av.FFmpegError, ValueError, MemoryError, OSError, StopIteration, EOFError):
        return {"refused": "not_a_video"}
    return facts | {"seconds": seconds}


if __name__ == "__main__":
    limit()
    av.logging.set_level(av.logging.PANIC)
    sys.stdout.write(json.dumps(main(*sys.argv[1:4])))
