"""What is wrong with words that somebody else is to read: reviews, answers, questions, appeals."""

from bot.errors.saying import Said

INVALID: Said = {
    ("text", "missing"): lambda x, w: w.plain("Please write a few words first."),
    ("reply", "missing"): lambda x, w: w.plain("Only words here, please."),
    ("reply", "too_long"): lambda x, w: w.plain(
        "That's {n} characters, {most} are the most. Please say it a bit shorter.",
        n=x.facts["n"],
        most=x.facts["most"],
    ),
    ("review", "own_work"): lambda x, w: w.plain(
        "You can't review your own work. If you think this is wrong, please contact support."
    ),
    ("appeal", "too_long"): lambda x, w: w.plain(
        "That gets too long. Please keep it under {most} characters; what was there before is kept.",
        **x.facts,
    ),
    ("appeal", "too_many"): lambda x, w: w.plain(
        "{most} files are enough. What was there before is kept.", **x.facts
    ),
    ("answer", "too_long"): lambda x, w: w.plain(
        "That gets too long. Please keep it under {most} characters; what was there before is kept.",
        **x.facts,
    ),
    ("answer", "too_many"): lambda x, w: w.plain(
        "{most} files are enough. What was there before is kept.", **x.facts
    ),
    ("inquiry", "missing"): lambda x, w: w.plain("Please type your question."),
    ("inquiry", "too_many"): lambda x, w: w.plain(
        "{most} questions are open already. Please wait for the answers.", **x.facts
    ),
}
