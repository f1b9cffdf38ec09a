"""One question per part. Taps lead from part to part; what is typed or sent belongs to the step `apply.<part>`."""

from bot.conversation import Dialog
from bot.provider.apply import answers, handlers, papers, services

DIALOG = Dialog(
    taps={
        "apply": handlers.go_on,
        "areview": handlers.review,
        "achange": handlers.change,
        "apart": handlers.part,
        "asend": handlers.send,
        "amyname": answers.my_name,
        "ayears": answers.years,
        "anobio": answers.no_bio,
        "arad": answers.radius,
        "ahours": answers.hours,
        "acats": services.categories,
        "acat": services.category,
        "asv": services.service,
        "aprice": services.price,
        "adrop": services.drop,
        "apap": papers.paper,
        "anodate": papers.no_date,
        "apapx": papers.forget,
        "apapok": papers.done,
    },
    says={
        "apply.name": answers.name_said,
        "apply.phone": answers.phone_said,
        "apply.photo": answers.photo_said,
        "apply.services": services.looked_for,
        "apply.price": services.price_said,
        "apply.years": answers.years_said,
        "apply.bio": answers.bio_said,
        "apply.papers": papers.nothing_to_say,
        "apply.number": papers.number_said,
        "apply.expiry": papers.expiry_said,
        "apply.file": papers.file_said,
        "apply.area": answers.area_said,
        "apply.radius": answers.radius_said,
        "apply.hours": answers.hours_said,
    },
    commands={"apply": handlers.go_on},
)
