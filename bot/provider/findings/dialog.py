"""This week's findings; each leads to where something can be done about it, or is put away."""

from bot.conversation import Dialog
from bot.provider.findings.handlers import act, dismiss, findings

DIALOG = Dialog(
    taps={"tips": findings, "tipgo": act, "tipno": dismiss}, commands={"tips": findings}
)
