"""What is wrong in what providers say of themselves, their hours, prices, extra work and money."""

from bot.errors.saying import Said

INVALID: Said = {
    ("phone", "format"): lambda x, w: w.plain(
        "That doesn't look like a phone number. Try again, for example 13800138000."
    ),
    ("phone", "taken"): lambda x, w: w.plain(
        "Another provider here has this number. Please use your own; our staff can help, see Help."
    ),
    ("amount", "bounds"): lambda x, w: w.plain(
        "The amount can be at most {most}.", most=w.money(int(x.facts["most"]))
    ),
    ("account", "bank"): lambda x, w: w.plain(
        "That card number isn't right. Please check the digits and type it again."
    ),
    ("account", "alipay"): lambda x, w: w.plain(
        "An Alipay account is a phone number or an e-mail address. Please type it again."
    ),
    ("account", "wechat"): lambda x, w: w.plain(
        "A WeChat can't be typed. Choose WeChat again and scan the code with it."
    ),
    ("holder", "format"): lambda x, w: w.plain(
        "Please type the name of the account's holder, 2 to {most} letters.", most=x.facts["most"]
    ),
    ("payout", "same_person"): lambda x, w: w.plain(
        "You approved it already. The second approval is for somebody else of the staff."
    ),
    ("name", "format"): lambda x, w: w.plain(
        "A name has 2 to {most} characters and at least one letter.", most=x.facts["most"]
    ),
    ("price", "band"): lambda x, w: w.plain(
        "The price must be between {low} and {high}.",
        low=w.money(int(x.facts["low"])),
        high=w.money(int(x.facts["high"])),
    ),
    ("price", "absurd"): lambda x, w: w.plain(
        "That's too far from the usual. You can ask for {low} to {high}.",
        low=w.money(int(x.facts["low"])),
        high=w.money(int(x.facts["high"])),
    ),
    ("services", "last"): lambda x, w: w.plain(
        "It's the only service you offer. Pause it, or add another one first."
    ),
    ("services", "too_many"): lambda x, w: w.plain(
        "You can offer up to {most} services.", most=x.facts["most"]
    ),
    ("years", "bounds"): lambda x, w: w.plain(
        "Please send a number from 0 to {most}.", most=x.facts["most"]
    ),
    ("bio", "too_long"): lambda x, w: w.plain(
        "That's a bit long: {most} characters at most.", most=x.facts["most"]
    ),
    ("radius", "bounds"): lambda x, w: w.plain("Please choose between 1 and 50 km."),
    ("hours", "outside_day"): lambda x, w: w.plain(
        "Working hours must be between 06:00 and 22:00."
    ),
    ("hours", "not_on_quarter"): lambda x, w: w.plain("Please choose times on the quarter hour."),
    ("plan", "too_long"): lambda x, w: w.plain(
        "That's a lot at once. Please tell me one thing first."
    ),
    ("hours", "overlap"): lambda x, w: w.plain("These hours overlap."),
    ("hours", "over"): lambda x, w: w.plain(
        "Those hours of today are over. Please choose later ones or another day."
    ),
    ("application", "incomplete"): lambda x, w: w.plain(
        "Something is still missing. Please answer it first."
    ),
    ("staff", "last_owner"): lambda x, w: w.plain(
        "The last owner can't go. Make somebody else an owner first."
    ),
    ("expires_on", "format"): lambda x, w: w.plain("Please type the day like 2027-05-31."),
    ("papers", "not_good"): lambda x, w: w.plain(
        "A certificate that is needed was found not good. Send the application back instead."
    ),
    ("price", "number"): lambda x, w: w.plain("Please send two prices, for example 80-200."),
    ("price", "order"): lambda x, w: w.plain("The lowest price must lie below the highest."),
    ("extra", "too_many"): lambda x, w: w.plain_plural(
        "Only {n} proposal of extra work per visit. Our staff can help.",
        "Only {n} proposals of extra work per visit. Our staff can help.",
        int(x.facts["most"]),
    ),
    ("extra", "too_much"): lambda x, w: w.plain(
        "Extra work can be at most {most} here. Ask our staff if it must be more.",
        most=w.money(int(x.facts["most"])),
    ),
    ("extra", "empty"): lambda x, w: w.plain("First add what is needed, line by line."),
    ("extra", "reason"): lambda x, w: w.plain("First say why it is needed: tap “Reason”."),
    ("extra", "photos"): lambda x, w: w.plain_plural(
        "First send {n} photo of what you found.",
        "First send {n} photos of what you found.",
        int(x.facts["least"]),
    ),
    ("extra", "changed"): lambda x, w: w.plain("It was changed meanwhile. Look again, then send."),
    ("extra", "lines"): lambda x, w: w.plain("{n} lines are enough.", n=x.facts["most"]),
    ("extra", "name"): lambda x, w: w.plain("Each line needs a name."),
    ("extra", "amount"): lambda x, w: w.plain("That amount doesn't look right."),
    ("extra", "talk"): lambda x, w: w.plain(
        "That's a lot of questions. Please talk it over at the door, then answer."
    ),
    ("extra_minutes", "busy"): lambda x, w: w.plain(
        "Your next visit leaves at most {time} more.", time=w.minutes(int(x.facts["most"]))
    ),
    ("choice", "tap"): lambda x, w: w.plain("Please tap one of the buttons."),
    ("expires_on", "over"): lambda x, w: w.plain("That day is over. Please check the date."),
}
