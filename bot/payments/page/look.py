"""How the page looks: phone width, in the customer's language, without a script; it turns by itself once paid."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Final

import segno
from markupsafe import Markup, escape

from bot.i18n import Words, mark
from core.payments.to_pay import ToPay, title_of

_PAGE: Final = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
_SKIN: Final = (Path(__file__).parents[1] / "skin.css").read_text("utf-8")
APPS: Final = {"wechat": mark("WeChat"), "alipay": mark("Alipay")}
# A code that is an address may be tapped, too, on a computer that has the app.
SCHEMES: Final = ("https://", "http://", "weixin://", "alipays://")


@dataclass(frozen=True, slots=True)
class Look:
    """`leads_on`: whether a button goes on to the company, in its app or on a page of its own."""

    method: str
    known: ToPay | None
    now: datetime
    on_phone: bool
    leads_on: bool = True
    trouble: bool = False


def look(seen: Look, words: Words) -> str:
    state, app = _state(seen), words.plain(APPS.get(seen.method, seen.method))
    headline, explanation = _said(state, app, words)
    known = seen.known
    waits = state in {"phone", "computer"}
    return _PAGE.substitute(
        skin=_SKIN,
        language=words.language.replace("_", "-"),
        state=state,
        method=escape(seen.method),
        again=Markup('<meta http-equiv="refresh" content="4">')
        if waits and not seen.trouble
        else "",
        amount=escape(words.money(known.payment.amount, known.payment.currency) if known else ""),
        title=escape(title_of(order=known.order, language=words.language) if known else ""),
        headline=headline,
        explanation=_trouble(app, words) if seen.trouble and waits else explanation,
        until=_until(known, words) if waits and known else "",
        code=_code(known.payment.code) if waits and known else "",
        form=_form(seen, app, words),
        elsewhere=words("Or scan the code with another phone"),
    )


def _state(seen: Look) -> str:
    if seen.known is None:
        return "unknown"
    if seen.known.paid:
        return "paid"
    if not seen.known.open(now=seen.now):
        return "over"
    return "phone" if seen.on_phone else "computer"


def _said(state: str, app: str, words: Words) -> tuple[Markup, Markup]:
    return {
        "computer": (
            words("Scan the code with {app}", app=app),
            words("Open {app} on your phone and scan. This page turns by itself once it is paid.",
                  app=app),
        ),
        "phone": (
            words("Pay with {app}", app=app),
            words("{app} opens with the amount filled in. Then come back to the chat.", app=app),
        ),
        "paid": (
            words("Paid – go back to the chat"),
            words("Thank you. Your booking goes on in the chat; you can close this page."),
        ),
        "over": (
            words("This link is no longer good"),
            words("Go back to the chat: it says how your booking stands, and has a new link if there is something"
                  " to pay."),
        ),
        "unknown": (
            words("No such payment"),
            words("Please open the link in your chat once more."),
        ),
    }[state]  # fmt: skip


def _form(seen: Look, app: str, words: Words) -> Markup:
    if not seen.leads_on:
        return Markup("")
    label = words("Open {app}", app=app) if seen.on_phone else words("Pay on this computer")
    return Markup('<form method="post"><button>{}</button></form>').format(label)


def _trouble(app: str, words: Words) -> Markup:
    return words(
        "{app} did not open just now. Try once more, or scan the code with another phone.", app=app
    )


def _until(known: ToPay, words: Words) -> Markup:
    return words("Please pay by <b>{time}</b>", time=words.time(known.payment.expires_at))


def _code(text: str) -> Markup:
    """Black on white whatever the page's colours: cameras want it so."""
    if not text:
        return Markup("")
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, light="#fff", omitsize=True
    )
    picture = Markup(drawn)
    if not text.startswith(SCHEMES):
        return picture
    return Markup('<a href="{}">{}</a>').format(text, picture)
