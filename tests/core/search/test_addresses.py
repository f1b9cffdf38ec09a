"""An address that is typed is an address, and words for a service are none, whatever numbers stand beside them."""

import pytest

from core.search.addresses import beside_doors
from core.search.typed import Typed
from tests.core.search.catalogue import NOW, finder
from tests.core.search.queries import NONSENSE, QUERIES
from tests.core.search.test_queries import _examples

ADDRESSES = (
    "200 People Ave, building 8", "12 Nanjing Road", "Nanjing Road 12, flat 302", "flat 5, 18 Huaihai Rd",
    "Building 3, apartment 502", "No. 88 Century Avenue", "Lane 128, Xinhua Road", "10 Downing Street",
    "88 West Nanjing Road, 23F", "7 Clean Street", "renmin lu 200 hao", "People\u2019s Square, building 5",
    "人民路200号8栋", "浦东新区世纪大道100号", "静安区南京西路1266号", "上海市徐汇区漕溪北路88号3号楼1201室",
    "延安西路 500 弄 3 号", "虹桥路1号", "3号楼502", "幸福小区5栋2单元301", "人民路200號8棟", "电信大厦12楼",
    "我家在人民路200号", "阳光小区", "中山北路３３００号环球港",
)  # fmt: skip
SERVICES = (
    "修空调", "build my wardrobe", "building cleaning", "flat pack furniture", "换3号电池", "5楼疏通下水道",
    "ac repair near People's Square", "人民广场修空调", "2 rooms cleaning", "搬家到人民路", "开锁 3栋", "三楼马桶漏水",
    "open lock building 8", "200平米保洁", "office floor cleaning", "路由器安装", "单元门开锁", "楼道保洁",
    "house 120 sqm deep clean", "ac repair 200 People Ave", "人民路200号修空调", "3 sofas", "2号沙发清洗",
    "7 toilets unblock Main Street", "明天3号楼保洁",
)  # fmt: skip


@pytest.fixture(scope="module")
async def typed() -> Typed:
    return await finder()


@pytest.mark.feature("C2")
async def test_addresses_are_known_and_ask_for_no_service(typed: Typed) -> None:
    missed = [one for one in ADDRESSES if not await typed.is_address(text=one, now=NOW)]
    taken = [one for one in ADDRESSES if await typed.asks_for_service(text=one, now=NOW)]
    assert (missed, taken) == ([], [])


@pytest.mark.feature("C2")
async def test_services_are_no_addresses_and_are_still_found(typed: Typed) -> None:
    taken = [one for one in SERVICES if await typed.is_address(text=one, now=NOW)]
    lost = [one for one in SERVICES if not await typed.services(text=one, now=NOW)]
    assert (taken, lost) == ([], [])


@pytest.mark.feature("C2")
async def test_nothing_people_ask_for_is_taken_for_an_address(typed: Typed) -> None:
    asked = [*QUERIES, *NONSENSE, *dict(_examples())]
    assert [one for one in asked if await typed.is_address(text=one, now=NOW)] == []


@pytest.mark.parametrize(
    "text", ["", "8号", "12月3号", "street", "马路", "?", "你们来不来人民路200号?"]
)
def test_a_date_a_bare_word_or_a_question_is_no_address(text: str) -> None:
    assert beside_doors(text) is None
