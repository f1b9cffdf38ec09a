"""Coupons: the list, one of them, making, changing, codes to share; whatever gives money away asks once more."""

from bot.admin.promotions import drafting, handlers
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, CHANGE = "promotions.read", "promotions.change"

ROWS = (
    Command("coupons", READ, mark("Coupons: what runs, what it costs, a new one"), handlers.coupons),
    Tap("kl", READ, handlers.page),
    Tap("kv", READ, handlers.show),
    Tap("kw", READ, handlers.preview),
    Tap("kq", CHANGE, handlers.share),
    Tap("kx", CHANGE, handlers.codes),
    Tap("kp", CHANGE, handlers.pause),
    Tap("ksx", CHANGE, handlers.ask_stop),
    Tap("ksy", CHANGE, handlers.stop, grave=True),
    Tap("km", CHANGE, handlers.more),
    Tap("kms", CHANGE, handlers.sure_more),
    Tap("kmy", CHANGE, handlers.make_more, grave=True),
    Say("coupon_codes", CHANGE, handlers.more_said),
    Tap("kn", CHANGE, drafting.new),
    Tap("ke", CHANGE, drafting.change),
    Tap("kb", CHANGE, drafting.whole),
    Tap("kf", CHANGE, drafting.field),
    Tap("kfn", CHANGE, drafting.language),
    Tap("kfc", CHANGE, drafting.another_code),
    Tap("kd", CHANGE, drafting.pick),
    Tap("kc", CHANGE, drafting.category),
    Tap("kcp", CHANGE, drafting.category_page),
    Tap("ks", CHANGE, drafting.sure),
    Tap("ky", CHANGE, drafting.create, grave=True),
    Tap("kye", CHANGE, drafting.save, grave=True),
    Say(drafting.STEP, CHANGE, drafting.said),
)  # fmt: skip
