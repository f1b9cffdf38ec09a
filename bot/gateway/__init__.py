"""The gateway: Telegram on one side, stored rows on the other, nothing lost between them."""

from bot.gateway import aiogram_models as aiogram_models  # before anything else here reads aiogram
