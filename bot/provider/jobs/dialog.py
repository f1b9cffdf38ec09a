"""Every step of a job is one tap; the code and another amount are typed, photos are just sent."""

from bot.conversation import Dialog
from bot.provider.jobs import absent, arrival, delay, greeting, handlers, photos, work

DIALOG = Dialog(
    taps={
        "jobs": handlers.jobs,
        "jstates": handlers.states,
        "jdays": handlers.on_days,
        "job": handlers.job,
        "greet": greeting.greet,
        "depart": work.depart,
        "departgo": work.set_out,
        "arrive": arrival.arrive,
        "here": arrival.here,
        "earlier": arrival.ask_earlier,
        "absent": absent.look,
        "knock": absent.knock,
        "called": absent.call,
        "absentgo": absent.leave,
        "earlierby": arrival.earlier_by,
        "code": work.ask_code,
        "shots": photos.ask,
        "noshots": photos.clear,
        "finish": work.finish,
        "donecash": work.finish_paid,
        "cash": work.cash,
        "othercash": work.other_cash,
        "drop": work.drop,
        "late": delay.ask,
        "lateby": delay.announce,
    },
    says={
        "job.code": photos.with_photos(work.code_said),
        "job.photos": photos.said,
        "job.cash": work.cash_said,
        "job.arrived": arrival.said,
        "job.delay": delay.said,
    },
    commands={"jobs": handlers.jobs_command},
)
