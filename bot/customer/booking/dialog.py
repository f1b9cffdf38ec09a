"""From "Book" to a confirmed order. Each button carries the tag of its booking, then its ids."""

from bot.conversation import Dialog
from bot.customer.booking import address, begin, confirm, handlers, spoken, times, wishes

DIALOG = Dialog(
    taps={
        "book": begin.book,
        "bookat": begin.book_at,
        "bookas": begin.book_chosen,
        "bgo": handlers.show_step,
        "bnext": handlers.onward,
        "bopt": handlers.option,
        "baddr": address.saved,
        "bhere": address.here,
        "bask": address.ask,
        "bplace": address.pick,
        "bmon": times.month,
        "bno": times.no_day,
        "bday": times.day,
        "bpart": times.part,
        "btime": times.start,
        "bq": wishes.question,
        "bans": wishes.chosen,
        "bclear": wishes.clear,
        "bcoup": wishes.coupon,
        "bpay": wishes.way,
        "bconfirm": confirm.confirm,
        "bstop": handlers.stop,
    },
    says={
        "book.options": spoken.hint,
        "book.place": address.said,
        "book.map": address.shared,
        "book.detail": address.door,
        "book.date": spoken.typed_day,
        "book.slot": spoken.typed_time,
        "book.taken": spoken.typed_day,
        "book.notes": wishes.noted,
        "book.question": wishes.answered,
        "book.coupon": wishes.coupon_code,
        "book.pay": spoken.hint,
        "book.summary": spoken.hint,
    },
)
