"""How a call to Telegram can end badly, in our own classes, so that nothing else knows a framework."""

from collections.abc import Callable


class CallFailed(Exception):
    """A call did not end well."""


class Refused(CallFailed):
    """Telegram understood the call and will never accept it."""


class NotModified(Refused):
    """The message already looks like that: as good as done."""


class NotEditable(Refused):
    """The message is gone, too old or of another kind: a new one must take its place."""


class BadMarkup(Refused):
    """Telegram could not read the formatting."""


class BadFile(Refused):
    """A file id that is not good for this bot (any more)."""


class TooLate(Refused):
    """The tap was too long ago to be answered with a pop-up."""


class ThreadGone(Refused):
    """The topic was closed or deleted."""


class Unreachable(CallFailed):
    """The chat does not want us: blocked, deactivated, never started, kicked."""


class ChatMoved(CallFailed):
    """The group became a supergroup with another id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__("the group became a supergroup")
        self.chat_id = chat_id


class RetryAfter(CallFailed):
    """Too many calls; none to this chat before so many seconds have passed."""

    passing = True

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:g} s")
        self.seconds = seconds


class NotSent(CallFailed):
    """It surely did not happen (no connection, or the server said it broke): try later."""

    passing = True


class Stopping(CallFailed):
    """It did not happen: the process ends, and this would have had to wait for its turn."""

    passing = True


class Withheld(CallFailed):
    """It did not happen: when its turn came it was not to leave any more."""


class Uncertain(CallFailed):
    """It may have happened: the answer got lost."""


# Telegram tells its refusals apart only in words.
_WORDS: tuple[tuple[str, Callable[[str], CallFailed]], ...] = (
    ("message is not modified", NotModified),
    ("message to edit not found", NotEditable),
    ("message can't be edited", NotEditable),
    ("there is no text in the message", NotEditable),
    ("there is no caption in the message", NotEditable),
    ("message_id_invalid", NotEditable),
    ("message identifier is not specified", NotEditable),
    ("can't parse entities", BadMarkup),
    ("wrong file identifier", BadFile),
    ("wrong remote file identifier", BadFile),
    ("wrong file_id", BadFile),
    ("wrong type of the web page content", BadFile),
    ("query is too old", TooLate),
    ("query_id_invalid", TooLate),
    ("message thread not found", ThreadGone),
    ("topic_deleted", ThreadGone),
    ("topic_closed", ThreadGone),
    ("chat not found", Unreachable),
    ("user is deactivated", Unreachable),
    ("bot was kicked", Unreachable),
    ("have no rights to send a message", Unreachable),
    ("peer_id_invalid", Unreachable),
)


def refusal(description: str) -> CallFailed:
    """The class of a 400, by its words."""
    lower = description.lower()
    for words, kind in _WORDS:
        if words in lower:
            return kind(description)
    return Refused(description)
