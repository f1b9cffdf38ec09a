"""Staff write an announcement and send it, as several tests need it."""

from tests.chat import Message, Person
from tests.e2e.staff import act, told


async def drafted(staff: Person, texts: dict[str, str]) -> None:
    """A new one with these texts by the name of the language, as it stands before it is sent."""
    await staff.writes("/announce")
    await staff.sees("📣 Announcements")
    await act(staff, ("✏️ New announcement", "No text yet."))
    for language, text in texts.items():
        await act(staff, ("✏️ Text", "In which language?"), (language, f"the text in {language}"))
        await staff.writes(text)
        await staff.sees_where(
            lambda m, language=language: f"{language}: " in told(m) and "🎯 To: " in told(m),  # type: ignore[misc]
            what=language,
        )


async def sent(staff: Person) -> Message:
    """The draft goes out at once, to everybody it is meant for."""
    return await act(staff, ("📣 Send it", "Send it?"), ("Yes, to ", "being sent"))
