"""A receipt or a credit note as PDF: made anew whenever it is asked for, always the same bytes for the same words."""

from typing import Final, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from bot import words as names
from bot.fonts import FONT, drawable
from bot.i18n import Words
from bot.screen import File
from core.ids import spell_order_number
from core.orders.absent import ABSENT
from core.receipts.service import Paper

_MARGIN, _WIDTH, _AMOUNT, _COUNT, _LEAD = 20.0, 170.0, 36.0, 18.0, 6.5
_GREY, _BLACK, _RULE = (110, 110, 110), (20, 20, 20), (200, 200, 200)
_FAMILY: Final = "sans"


def receipt_file(paper: Paper, words: Words) -> File:
    """To be kept, printed, handed in."""
    page = _Page(paper, words)
    content = bytes(page.write().output())
    return File(
        name=f"{paper.receipt.number}.pdf", mime="application/pdf", content=content,
        caption=page.title,
    )  # fmt: skip


class _Page:
    def __init__(self, paper: Paper, words: Words) -> None:
        self._paper = paper
        self._words = words
        self._pdf = FPDF(format="A4")
        self._pdf.set_creation_date(paper.moved.at)
        self._pdf.set_margins(_MARGIN, _MARGIN)
        self._pdf.c_margin = 0
        self._pdf.add_font(_FAMILY, fname=FONT)
        self._pdf.set_lang(words.language.replace("_", "-"))
        kind = words.plain("Credit note") if paper.moved.back else words.plain("Receipt")
        self.title = f"{kind} {paper.receipt.number}"

    def write(self) -> FPDF:
        pdf, words, paper = self._pdf, self._words, self._paper
        pdf.set_title(self.title)
        pdf.add_page()
        self._line(drawable(paper.receipt.platform), 11, _GREY)
        self._line(self.title, 20)
        pdf.ln(4)
        for label, value in self._facts():
            self._pair(label, value)
        pdf.ln(4)
        self._bill()
        pdf.ln(6)
        self._amount()
        pdf.ln(10)
        note = words.plain("This is a receipt, not a tax invoice.")
        if paper.moved.back:
            note = words.plain("This confirms a refund and is not a tax invoice.")
        self._line(note, 9, _GREY)
        return pdf

    def _facts(self) -> list[tuple[str, str]]:
        words, paper = self._words, self._paper
        order, moved = paper.order, paper.moved
        local = words.local(moved.at)
        visit = words.local(moved.bill.visit)
        service = " + ".join(words.pick(task.names) for task in order.tasks)
        payer = paper.receipt.payer
        told = [
            (words.plain("Date"), f"{words.date(local.date())} {local:%H:%M}"),
            (words.plain("Order"), spell_order_number(order.number)),
            (words.plain("Service"), service),
            (words.plain("Visit"), f"{words.date(visit.date())} {visit:%H:%M}"),
        ]
        if payer:
            label = words.plain("Refunded to") if moved.back else words.plain("Paid by")
            told.append((label, payer))
        return told

    def _bill(self) -> None:
        """The order's price line by line, as it was at that moment."""
        words, bill = self._words, self._paper.moved.bill
        currency = self._paper.moved.currency
        self._row(words.plain("Item"), words.plain("Count"), words.plain("Amount"), _GREY)
        self._rule()
        for line in bill.lines:
            name = words.pick(line["names"])
            self._row(name, str(line["count"]), words.money(line["amount"], currency))
        if bill.discount:
            off = words.money(bill.discount, currency)
            by = words.plain("Coupon") if self._paper.order.coupon else words.plain("Reduction")
            self._row(by, "", f"−{off}")
        self._rule()
        total = words.money(bill.total, currency)
        self._row(words.plain("Total of the order"), "", total)
        if self._paper.fee:
            absent = self._paper.order.reason == ABSENT
            name = (
                words.plain("Call-out fee, kept")
                if absent
                else words.plain("Cancellation fee, kept")
            )
            self._row(name, "", words.money(self._paper.fee, currency))

    def _amount(self) -> None:
        """What this paper is about."""
        words, paper = self._words, self._paper
        moved = paper.moved
        amount = words.money(moved.amount, moved.currency)
        way = names.method(moved.method, words)
        told = (
            words.plain("Refunded {amount} by {method}", amount=amount, method=way)
            if moved.back
            else words.plain("Received {amount} by {method}", amount=amount, method=way)
        )
        if moved.method == "on_site":
            told = words.plain("Received {amount} on site", amount=amount)
        self._line(told, 15)
        if paper.receipt.tax_bp:
            tax = words.money(paper.tax, moved.currency)
            rate = words.number(paper.receipt.tax_bp / 100)
            name = names.tax(paper.receipt.tax_name, words)
            said = words.plain("{name} included ({rate} %): {tax}", name=name, rate=rate, tax=tax)
            self._line(said, 10, _GREY)

    # --- how it is set

    def _line(self, text: str, size: int, colour: tuple[int, int, int] = _BLACK) -> None:
        self._pdf.set_font(_FAMILY, size=size)
        self._pdf.set_text_color(*colour)
        self._text(_WIDTH, size * 0.55, text)

    def _pair(self, label: str, value: str) -> None:
        pdf = self._pdf
        pdf.set_font(_FAMILY, size=10)
        pdf.set_text_color(*_GREY)
        pdf.cell(_AMOUNT, _LEAD, drawable(label))
        pdf.set_text_color(*_BLACK)
        self._text(_WIDTH - _AMOUNT, _LEAD, value)

    def _row(
        self, name: str, count: str, amount: str, colour: tuple[int, int, int] = _BLACK
    ) -> None:
        """A long name goes over several lines; count and amount stand on the first. No row is torn in two."""
        pdf = self._pdf
        pdf.set_font(_FAMILY, size=10)
        wide = _WIDTH - _AMOUNT - _COUNT
        if pdf.will_page_break(self._height(wide, name)):
            self._next_page()
            pdf.set_font(_FAMILY, size=10)
        pdf.set_text_color(*colour)
        top = pdf.get_y()
        self._text(wide, _LEAD, name)
        bottom = pdf.get_y()
        pdf.set_xy(_MARGIN + wide, top)
        pdf.cell(_COUNT, _LEAD, count, align="R")
        pdf.cell(_AMOUNT, _LEAD, drawable(amount), align="R")
        pdf.set_xy(_MARGIN, bottom)

    def _height(self, wide: float, text: str) -> float:
        lines = self._pdf.multi_cell(
            wide, _LEAD, drawable(text), align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        return _LEAD * len(cast("list[str]", lines))

    def _next_page(self) -> None:
        self._pdf.add_page()
        self._line(self.title, 9, _GREY)
        self._pdf.ln(3)

    def _text(self, wide: float, high: float, text: str) -> None:
        self._pdf.multi_cell(
            wide, high, drawable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _rule(self) -> None:
        pdf = self._pdf
        pdf.set_draw_color(*_RULE)
        pdf.ln(1)
        pdf.line(_MARGIN, pdf.get_y(), _MARGIN + _WIDTH, pdf.get_y())
        pdf.ln(1.5)
