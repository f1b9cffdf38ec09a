"""Alipay: QR codes and pay links signed with RSA2, refunds, notices, the day's bill, transfers to providers."""
