"""How the standstill looks: from when to when nothing is known, and what to look up at the bank and the gateway."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.parts import lines
from bot.i18n import Words
from bot.screen import Button, Card, Screen, press
from core.quarantine.service import ToCompare

SHOWN = 8


def card(words: Words, found: ToCompare) -> Screen:
    one = found.standstill
    text = lines(
        words("🧊 <b>Restored from a backup: everything stands still</b>"),
        words(
            "The data is of {taken}. What happened from then until {began} is not in it.",
            taken=words.lasting(one.taken_at), began=words.lasting(one.began_at),
        ),
        words(
            "Everything can be read. Nobody can book, pay or be paid out, and nobody but you is written to."
        ),
        Markup(""),
        words("<b>Please compare first:</b>"),
        words("1. The gateway's and the bank's lists since {taken}, with /payouts and the orders.",
              taken=words.lasting(one.taken_at)),
        _numbers(words, words.plain("Payments not settled then: {n}", n=len(found.payments)),
                 [p.number for p in found.payments]),
        _numbers(words, words.plain("Refunds under way then: {n}", n=len(found.refunds)),
                 [r.number for r in found.refunds]),
        _numbers(words, words.plain("Withdrawals approved, maybe sent since: {n}",
                                    n=len(found.payouts)),
                 [p.number for p in found.payouts]),
        words("2. Withdrawals that were sent since then: mark them paid as soon as it goes on."),
    )  # fmt: skip
    lift = Button(words.plain("✅ It's compared: go on"), press("ql"), style="primary")
    return Screen(text, [[lift]], card=Card("quarantine", one.id))


def _numbers(words: Words, head: str, numbers: Sequence[str]) -> Markup:
    shown = ", ".join(numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")
    return Markup("• {}{}").format(head, Markup("\n<code>{}</code>").format(shown) if shown else "")


def ask(words: Words, found: ToCompare) -> Screen:
    text = lines(
        words("🧊 <b>Let everything go on?</b>"),
        words(
            "Open payments are asked about, refunds and letters go out, people can book and pay."
        ),
        words("It is written down that you compared the money."),
    )
    yes = Button(words.plain("Yes, go on"), press("qly"), style="danger")
    return Screen(text, [[yes, Button(words.plain("Not yet"), press("qx"))]])


def lifted(words: Words) -> Screen:
    return Screen(words("✅ Everything goes on. What was due comes first."))


def over(words: Words, quarantine_id: int) -> Screen:
    return Screen(words("✅ The standstill is over."), card=Card("quarantine", quarantine_id))


def stays(words: Words) -> Screen:
    return Screen(words("It stays as it is."))


def none(words: Words) -> Screen:
    return Screen(words("✅ Nothing stands still."))
