"""How these pages look: phone width, in the provider's language; the script only opens WeChat's own sheet.

WeChat's page on it (partner/4016960577, `requestMerchantTransfer`) sets up its script library first to find out whether
the app is new enough; the bridge that the app puts into every page takes the call without, as it does for payments, and
says so itself. What the sheet says back is no proof, as that page warns, so the gateway is asked afterwards.
"""

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

import segno
from markupsafe import Markup, escape

from bot.i18n import Words, mark
from core.payouts.model import Payout

_PAGE: Final = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
_SKIN: Final = (Path(__file__).parents[1] / "skin.css").read_text("utf-8")
SAID: Final = {
    "scan_bind": (
        mark("Scan the code with WeChat"),
        mark("On this very phone: take a screenshot, then in WeChat tap Scan and choose it from your album."),
    ),
    "bind": (
        mark("Be paid to this WeChat?"),
        mark("Your withdrawals will come to the WeChat you have open. We learn nothing else about you."),
    ),
    "bound": (
        mark("This WeChat is bound"),
        mark("Go back to the chat in Telegram: only your name is missing there."),
    ),
    "trouble": (
        mark("WeChat didn't tell us who you are"),
        mark("Go back to the chat in Telegram, tap WeChat once more and scan the new code."),
    ),
    "over": (
        mark("This code is no longer good"),
        mark("Each is good once, and for 15 minutes. Get a new one in the chat in Telegram."),
    ),
    "scan_confirm": (
        mark("Scan the code with WeChat"),
        mark("On this very phone: take a screenshot, then in WeChat tap Scan and choose it from your album."),
    ),
    "confirm": (
        mark("This is for you"),
        mark("Tap the button and confirm in WeChat. Then it is in your WeChat balance."),
    ),
    "done": (mark("It's yours"), mark("The money is in your WeChat balance. You can close this page.")),
    "returned": (
        mark("The money is back on your balance"),
        mark("Nothing is lost. The chat in Telegram says why; withdraw again when it suits you."),
    ),
    "late": (
        mark("The time to confirm is over"),
        mark("The money goes back to your balance by itself. Then you can withdraw it again."),
    ),
    "later": (mark("Not ready yet"), mark("As soon as it is, you get a message in Telegram.")),
    "unknown": (mark("No such page"), mark("Please open the link in your chat once more.")),
}  # fmt: skip
BUTTONS: Final = {"bind": mark("Bind this WeChat"), "confirm": mark("Take it in WeChat")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What WeChat's sheet is asked for with, beside the transfer's ticket."""

    merchant_id: str
    app_id: str


@dataclass(frozen=True, slots=True)
class Look:
    """`code` is what WeChat is to scan."""

    state: str
    payout: Payout | None = None
    code: str = ""
    sheet: Sheet | None = None


def look(seen: Look, words: Words, nonce: str) -> str:
    headline, explanation = SAID[seen.state]
    payout, sheet = seen.payout, seen.sheet
    label = BUTTONS.get(seen.state)
    return _PAGE.substitute(
        skin=_SKIN,
        language=words.language.replace("_", "-"),
        state=seen.state,
        nonce=nonce,
        amount=escape(words.money(payout.amount, payout.currency) if payout else ""),
        number=escape(payout.number if payout else ""),
        headline=words(headline),
        explanation=words(explanation),
        until=_until(seen, words),
        button=Markup("<button>{}</button>").format(words(label)) if label else "",
        code=_code(seen.code) if seen.state.startswith("scan") else "",
        old=words("Your WeChat is too old for this. Please update it and try again."),
        merchant=escape(sheet.merchant_id if sheet else ""),
        app=escape(sheet.app_id if sheet else ""),
        ticket=escape(payout.ticket if payout and sheet else ""),
    )


def _until(seen: Look, words: Words) -> Markup | str:
    until = seen.payout.confirm_until if seen.payout else None
    if until is None or seen.state not in ("confirm", "scan_confirm"):
        return ""
    return words("Please confirm by <b>{when}</b>", when=words.lasting(until))


def _code(text: str) -> Markup:
    """Black on white whatever the page's colours; to be tapped, too, where WeChat is on the computer."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, light="#fff", omitsize=True
    )
    return Markup('<a href="{}">{}</a>').format(text, Markup(drawn))
