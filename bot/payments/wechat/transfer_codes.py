"""What WeChat Pay's codes about a transfer mean. A code in no table here is unknown, never a refusal.

From the merchant platform's pages on transfers (merchant/4012716434 to begin one, 4012716458 to call it off, those
beside them to ask); the reasons of a failure as the pages on transfers in batches list them.
"""

from typing import Final

from core.payouts.sending import Went

# A transfer that was never heard of.
NO_TRANSFER: Final = frozenset({"NOT_FOUND", "RESOURCE_NOT_EXISTS", "RECORD_NOT_EXISTS"})
# Our own account is short of money: nothing was sent, and the same number may be sent later.
SHORT: Final = frozenset({"NOT_ENOUGH"})
# The request itself can't be taken: nothing was made, and the same again will not help.
NOT_TAKEN: Final = frozenset({"PARAM_ERROR", "INVALID_REQUEST", "NO_AUTH"})
STATES: Final = {
    "WAIT_USER_CONFIRM": Went.WAITS, "TRANSFERING": Went.WAITS, "SUCCESS": Went.DONE,
    "FAIL": Went.REFUSED, "CANCELLED": Went.REFUSED,
}  # fmt: skip
LATE: Final = "wechat_late"
OTHER: Final = "wechat_other"
# Why a transfer failed, in one of the words that a provider is told.
FAILED: Final = {
    "OVERDUE_CLOSE": LATE,
    "NAME_NOT_CORRECT": "wechat_name",
    "ID_CARD_NOT_CORRECT": "wechat_name",
    "OPENID_INVALID": "wechat_gone",
    "ACCOUNT_NOT_EXIST": "wechat_gone",
    "RECEIVE_ACCOUNT_NOT_PERMMIT": "wechat_gone",
    "ACCOUNT_FROZEN": "wechat_status",
    "REAL_NAME_CHECK_FAIL": "wechat_status",
    "PAYEE_ACCOUNT_ABNORMAL": "wechat_status",
    "TRANSFER_RISK": "wechat_status",
    "TRANSFER_QUOTA_EXCEED": "wechat_limit",
    "DAY_RECEIVED_QUOTA_EXCEED": "wechat_limit",
    "MONTH_RECEIVED_QUOTA_EXCEED": "wechat_limit",
    "DAY_RECEIVED_COUNT_EXCEED": "wechat_limit",
    "REALNAME_ACCOUNT_RECEIVED_QUOTA_EXCEED": "wechat_limit",
}
