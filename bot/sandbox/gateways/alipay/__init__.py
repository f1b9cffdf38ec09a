"""Alipay, played: an app's gateway, its pages, its notices, its bills, its purse."""

from bot.sandbox.gateways.alipay.stand_in import AlipayStandIn

__all__ = ["AlipayStandIn"]
