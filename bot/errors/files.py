"""Why a photo, a film, a paper or a voice message cannot be taken."""

from bot.errors.saying import Said

INVALID: Said = {
    ("file", "too_large"): lambda x, w: w.plain(
        "That file is too large: {most} MB at most. A shorter or smaller one will do.",
        most=x.facts.get("most", 20),
    ),
    ("file", "kind"): lambda x, w: w.plain("That kind of file doesn't work here. Send a photo."),
    ("file", "too_many"): lambda x, w: w.plain(
        "That's a lot of files for one day. Please send more tomorrow."
    ),
    ("file", "too_many_pixels"): lambda x, w: w.plain(
        "That picture is too large to open. Please send it as a photo, not as a file."
    ),
    ("file", "not_a_video"): lambda x, w: w.plain(
        "We couldn't open that video. Please send it straight from your gallery."
    ),
    ("file", "too_long"): lambda x, w: w.plain(
        "That video is too long: 3 minutes at most. Please cut it shorter."
    ),
    ("file", "too_sharp"): lambda x, w: w.plain(
        "That video's picture is too large. Please send it straight from your gallery."
    ),
    ("file", "not_a_picture"): lambda x, w: w.plain("We couldn't open that picture. Try another."),
    ("file", "heic"): lambda x, w: w.plain(
        "Pictures of this kind (HEIC) don't open everywhere. Please send it as a photo, not as a file."
    ),
    ("file", "not_a_paper"): lambda x, w: w.plain(
        "We couldn't open that PDF. Please save it once more, or send a photo of it."
    ),
    ("file", "locked"): lambda x, w: w.plain(
        "That PDF has a password. Please send it without one, or a photo of it."
    ),
    ("file", "not_a_voice"): lambda x, w: w.plain(
        "We couldn't open that voice message. Please record it once more."
    ),
    ("photos", "too_many"): lambda x, w: w.plain("That's enough photos, ten at most."),
}
