"""An order as a calendar file, so that it stands in the customer's own calendar with a reminder."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from bot.i18n import Words
from bot.screen import File
from core.ids import spell_order_number
from core.orders.model import State
from core.orders.service import OrderView

REMIND = timedelta(hours=-1)


def calendar_file(view: OrderView, words: Words, now: datetime) -> File:
    """The same order again (another time, another provider) replaces its entry: one UID, a growing sequence.

    A cancelled one takes its entry out of the calendar.
    """
    order = view.order
    service = " + ".join(words.pick(task.names) for task in order.tasks)
    gone = order.state is State.CANCELLED
    number = spell_order_number(order.number)
    event = Event()
    event.add("uid", f"{order.number}@doorstep")
    event.add("sequence", order.version)
    event.add("dtstamp", now)
    event.add("dtstart", order.starts_at)
    event.add("dtend", order.starts_at + timedelta(minutes=order.minutes))
    event.add("summary", f"{service} · {view.provider.name}"[:200])
    event.add("location", vText(f"{words.place(order.place)} {order.detail}".strip()))
    event.add("description", words.plain("Order {number}", number=number))
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    if not gone:
        event.add_component(_reminder(service))
    calendar = Calendar()
    calendar.add("prodid", "-//Doorstep//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(event)
    caption = (
        words.plain("📅 Tap to take the visit off your calendar.") if gone
        else words.plain("📅 For your calendar: tap to add the visit.")
    )  # fmt: skip
    content = calendar.to_ical()
    return File(name=f"{number}.ics", mime="text/calendar", content=content, caption=caption)


def _reminder(service: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", service)
    alarm.add("trigger", REMIND)
    return alarm
