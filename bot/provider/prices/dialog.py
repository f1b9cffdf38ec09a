"""The list of services, one of them, its price looked at before it counts; a new one, and the paper it may need."""

from bot.conversation import Dialog
from bot.provider.prices import adding, handlers, papers

DIALOG = Dialog(
    taps={
        "prices": handlers.prices,
        "pr": handlers.one,
        "prlook": handlers.look,
        "prgo": handlers.go,
        "prback": handlers.withdraw,
        "prpause": handlers.pause,
        "prdrop": handlers.ask_drop,
        "prdropok": handlers.drop,
        "pradd": adding.categories,
        "prcat": adding.category,
        "prnew": adding.service,
        "prnewgo": adding.price,
        "prpaper": papers.begin,
        "prever": papers.endless,
    },
    says={
        "prices.add": adding.looked_for,
        "prices.new": adding.price_said,
        "prices.number": papers.number_said,
        "prices.expiry": papers.expiry_said,
        "prices.file": papers.file_said,
    },
    commands={"prices": handlers.command},
)
