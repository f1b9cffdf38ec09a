"""WeChat Pay as a shop meets it."""

from bot.sandbox.gateways.wechat.stand_in import WechatStandIn

__all__ = ["WechatStandIn"]
