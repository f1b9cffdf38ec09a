"""How quiet hours are chosen."""

from markupsafe import Markup

from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.people.choices import DAY, USUAL, Choices, Quiet

LINE = Markup("\n")
STEP = 30


def span(hours: Quiet | None, words: Words) -> str:
    """22:00–08:00, or never."""
    if hours is None:
        return words.plain("never")
    return "–".join(clock(minute) for minute in hours)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _what(words: Words) -> Markup:
    return words("What can't wait comes without a sound, the rest when the quiet hours are over.")


def ask(words: Words, choices: Choices, *, again: bool = False) -> Screen:
    sorry = words("I can't read hours in that. Please type two, for example 22-7.")
    text = LINE.join([
        words("🌙 <b>When should it be quiet?</b>"),
        _what(words),
        sorry if again else words("Tap, or type the hours: 22-7, or “10 pm to 7 am”."),
    ])  # fmt: skip
    labels = [words.plain("Never"), *(span(one, words) for one in USUAL)]
    rows = [
        [Button(label + (" ✓" if one == choices.quiet else ""), press("quietat", n))]
        for n, (one, label) in enumerate(zip((None, *USUAL), labels, strict=True))
    ]
    own = choices.quiet if choices.quiet not in (None, *USUAL) else None
    label = words.plain("🕐 Other hours")
    other = Button(f"{label} · {span(own, words)} ✓" if own else label, press("night", 0, 0))
    return Screen(text, [*rows, [other], [Button(words.plain("‹ Back"), press("notices"))]])


def stepped(hours: Quiet, which: int, way: int) -> Quiet:
    """One end half an hour on or back, over the other end where they would meet."""
    moved = list(hours)
    for _ in range(2):
        moved[which] = (
            (-(-moved[which] // STEP) - 1 if way < 0 else moved[which] // STEP + 1) * STEP % DAY
        )
        if moved[0] != moved[1]:
            break
    return moved[0], moved[1]


def turn(words: Words, hours: Quiet) -> Screen:
    """Each end with a step back and a step on; the middle says where it stands."""
    text = LINE.join([
        words("🌙 <b>Quiet from {start} to {end}</b>", start=clock(hours[0]), end=clock(hours[1])),
        _what(words),
        words("Turn it with the arrows, or type the hours: 22-7."),
    ])  # fmt: skip
    names = (words.plain("From {time}", time=clock(hours[0])),
             words.plain("To {time}", time=clock(hours[1])))  # fmt: skip
    ends = [
        [
            Button("◀", press("night", *stepped(hours, which, -1))),
            Button(name, press("night", *hours)),
            Button("▶", press("night", *stepped(hours, which, 1))),
        ]
        for which, name in enumerate(names)
    ]
    save = Button(words.plain("✅ Save"), press("nightset", *hours), style="primary")
    return Screen(text, [*ends, [save], [Button(words.plain("‹ Back"), press("quiet"))]])
