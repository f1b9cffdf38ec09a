"""The bot called by its name in any chat: things to send to a friend."""
