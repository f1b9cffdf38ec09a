"""What Alipay's codes of failure mean, call by call. A code in no table here is unknown, never a refusal."""

from typing import Final

# A trade is made at Alipay when it is scanned or opened, not when its code or link is.
NOT_THERE: Final = frozenset({"ACQ.TRADE_NOT_EXIST"})

# It isn't open, so it can't be closed; the question that follows tells what it is.
NOT_OPEN: Final = NOT_THERE | {"ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID"}

# The code can't be had, and asking again does not help.
NO_CODE: Final = frozenset({
    "ACQ.INVALID_PARAMETER", "ACQ.ACCESS_FORBIDDEN", "ACQ.EXIST_FORBIDDEN_WORD",
    "ACQ.PARTNER_ERROR", "ACQ.TOTAL_FEE_EXCEED",
    "ACQ.SELLER_BEEN_BLOCKED", "ACQ.BEYOND_PER_RECEIPT_RESTRICTION",
    "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION", "ACQ.NOT_SUPPORT_PAYMENT_INST",
    "ACQ.INVALID_STORE_ID", "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR",
})  # fmt: skip
# The gateway itself did not let the call in, whatever it was.
NOT_LET_IN: Final = frozenset({"20001", "40001", "40002", "40003", "40006"})

# Nothing went back, and with this number nothing will.
NOT_GIVEN_BACK: Final = frozenset({
    "ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "ACQ.TRADE_NOT_EXIST",
    "ACQ.REASON_TRADE_BEEN_FREEZEN", "ACQ.TRADE_HAS_FINISHED", "ACQ.TRADE_STATUS_ERROR",
    "ACQ.REASON_TRADE_REFUND_FEE_ERR", "ACQ.TRADE_NOT_ALLOW_REFUND", "ACQ.REFUND_FEE_ERROR",
    "ACQ.TRADE_HAS_CLOSE", "ACQ.BUYER_ERROR", "ACQ.BUYER_NOT_EXIST",
    "ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", "ACQ.REASON_TRADE_STATUS_INVALID",
})  # fmt: skip

# No bill for that day: nothing was traded, or it isn't written yet.
NO_BILL: Final = frozenset({"BILL_NOT_EXIST", "isp.bill_not_exist", "isv.bill_not_exist"})

# A transfer that was never heard of.
NO_TRANSFER: Final = frozenset({"ORDER_NOT_EXIST"})
# Our own account is short of money: nothing was sent, and the same number may be sent later.
SHORT: Final = frozenset({"PAYER_BALANCE_NOT_ENOUGH", "BALANCE_IS_NOT_ENOUGH"})
# Nothing was sent, and why in one of the words that a provider is told.
NOT_SENT: Final = {
    "PAYEE_NOT_EXIST": "alipay_payee",
    "PAYEE_ACC_OCUPIED": "alipay_payee",
    "PAYEE_USER_INFO_ERROR": "alipay_name",
    "PAYEE_USERINFO_STATUS_ERROR": "alipay_status",
    "PAYEE_ACCOUNT_STATUS_ERROR": "alipay_status",
    "PERM_AML_NOT_REALNAME_REV": "alipay_status",
    "PERMIT_NON_BANK_LIMIT_PAYEE": "alipay_status",
    "PERMIT_LIMIT_PAYEE": "alipay_status",
    "PAYEE_NOT_RELNAME_CERTIFY": "alipay_status",
    "RELEASE_USER_FORBBIDEN_RECIEVE": "alipay_status",
    "TRUSTEESHIP_RECIEVE_QUOTA_LIMIT": "alipay_limit",
    "PAYEE_TRUSTEESHIP_ACC_OVER_LIMIT": "alipay_limit",
    "EXCEED_LIMIT_UNRN_DM_AMOUNT": "alipay_limit",
    "EXCEED_LIMIT_SM_AMOUNT": "alipay_limit",
    "EXCEED_LIMIT_DM_AMOUNT": "alipay_limit",
    "EXCEED_LIMIT_SM_MIN_AMOUNT": "alipay_limit",
}
