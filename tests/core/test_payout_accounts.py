"""What an account must look like before anybody is paid to it, and how little of it is shown."""

import pytest

from core.errors import Invalid
from core.payouts.checking import checked_holder, checked_number, luhn, masked
from core.payouts.model import AccountKind

BANK, ALIPAY, WECHAT = AccountKind.BANK, AccountKind.ALIPAY, AccountKind.WECHAT


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (BANK, "6222 0212 3456 7894", "6222021234567894"),
        (BANK, "4111-1111-1111-1111", "4111111111111111"),
        (BANK, "４１１１１１１１１１１１１１１１", "4111111111111111"),
        (ALIPAY, "138 0013 8000", "13800138000"),
        (ALIPAY, "+86 13800138000", "13800138000"),
        (ALIPAY, "Wang.Wei@Example.com", "wang.wei@example.com"),
    ],
)
def test_what_people_type_is_kept_in_one_form(kind: AccountKind, typed: str, kept: str) -> None:
    assert checked_number(kind=kind, text=typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (BANK, "6222 0212 3456 7895"),
        (BANK, "0000 0000 0000 0000"),
        (BANK, "411111111111"),
        (BANK, "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٢"),
        (BANK, ""),
        (ALIPAY, "12800138000"),
        (ALIPAY, "wang.wei@"),
        (ALIPAY, "6222021234567894"),
        (WECHAT, "wxid_ab12cd"),  # bound, not typed
        (WECHAT, "13900139000"),
    ],
)
def test_what_is_no_account_is_refused_by_its_kind(kind: AccountKind, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_number(kind=kind, text=typed)
    assert (refusal.value.name, refusal.value.reason) == ("account", kind.value)


def test_a_card_with_one_wrong_digit_is_found() -> None:
    good = "6222021234567894"
    assert luhn(good)
    for place in range(len(good)):
        for digit in set("0123456789") - {good[place]}:
            assert not luhn(good[:place] + digit + good[place + 1 :])


@pytest.mark.parametrize("name", ["王伟", "Wang Wei", "O’Neill", "阿卜杜拉·买买提", " 王  伟 "])
def test_names_of_people_are_names(name: str) -> None:
    assert checked_holder(name) == " ".join(name.split())


@pytest.mark.parametrize("name", ["", "王", "12345", "=cmd()", "王伟 13800138000", "a" * 41])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        checked_holder(name)


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (BANK, "6222021234567894", "•••• 7894 · 王••"),
        (ALIPAY, "13800138000", "138••••00 · 王••"),
        (ALIPAY, "wang.wei@example.com", "wa•••@example.com · 王••"),
        (WECHAT, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "王••"),
    ],
)
def test_only_enough_to_know_it_again_is_shown(kind: AccountKind, number: str, shown: str) -> None:
    assert masked(kind=kind, holder="王伟", number=number) == shown
