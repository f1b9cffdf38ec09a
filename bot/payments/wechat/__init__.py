"""WeChat Pay, API v3: a code to scan on a computer, a link into the app on a phone."""

from bot.payments.wechat.method import WechatMethod

__all__ = ["WechatMethod"]
