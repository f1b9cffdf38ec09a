"""The catalogue as a file: what is exported reads back the same, every mistake has its line, nothing is half taken."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.admin.catalog.mistakes import SAYS, mistake
from bot.i18n import Words, languages
from core.catalog.differences import Fate
from core.catalog.drafting import Author, Drafting
from core.catalog.importing import Importing
from core.catalog.model import Edit
from core.catalog.sheet.nodes import LARGEST
from core.catalog.sheet.reading import Reader
from core.errors import OutOfDate
from db.catalog_uses import CatalogUses
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("A7")
DEMO = Path("db/demo/catalogue.yaml").read_text("utf-8")
ANNA = Author(1, "Anna")
SMALL = """\
currency: CNY
categories:
  - code: home
    name: {zh_CN: 家, en: Home}
    services:
      - code: clean
        name: {zh_CN: 打扫, en: Cleaning}
        band: [80, 200.5]
        minutes: 90
        commission: 12.5
        payment: {rule: deposit, deposit: 30}
        options:
          - {code: more, name: {zh_CN: 多一间, en: One more}, price: 20}
"""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def importing(place: Town) -> Importing:
    uses = CatalogUses(place.database)
    drafting = Drafting(store=place.store, catalog=place.catalog, reads=uses, new_id=place.new_id)
    return Importing(
        catalog=place.catalog, drafting=drafting, reads=uses, new_id=place.new_id, currency="CNY"
    )


async def taken(place: Town, content: str) -> None:
    one = importing(place)
    what = await one.compare(content=content)
    assert not what.mistakes, what.mistakes
    await one.take(content=content, seen=what.seen, by=ANNA, now=NOW)


async def test_what_is_exported_reads_back_the_same(place: Town) -> None:
    await taken(place, DEMO)
    exported = await importing(place).export(head="# Hello\n")
    assert exported.startswith("# Hello\ncurrency: CNY\n")
    what = await importing(place).compare(content=exported)
    assert (what.mistakes, what.differences) == ((), [])
    assert (await importing(place).compare(content=DEMO)).differences == []


async def test_a_file_says_what_is_added_changed_moved_hidden_and_removed(place: Town) -> None:
    await taken(place, SMALL)
    service = next(one for one in await importing(place)._drafting.edits() if one.sort == "service")
    assert (service.said["price_high"], service.said["commission_bp"], service.said["deposit_bp"]) == (
        20050, 1250, 3000,
    )  # fmt: skip
    other = SMALL.replace("code: clean", "code: scrub").replace("minutes: 90", "minutes: 120")
    what = await importing(place).compare(content=other)
    assert [one.fate for one in what.differences] == [Fate.ADDED, Fate.REMOVED]
    changed = SMALL.replace("minutes: 90", "minutes: 120").replace(
        "price: 20}", "price: 25, minutes: 15, max: 3}"
    )
    [one] = (await importing(place).compare(content=changed)).differences
    assert (one.fate, one.values) == (Fate.CHANGED, ("minutes", "options"))


async def test_what_is_in_use_and_not_in_the_file_is_hidden(place: Town) -> None:
    service = await place.service(price_low=100, price_high=200)
    await place.provider(service=service)
    idle = await place.service(price_low=100, price_high=200)
    what = await importing(place).compare(content=SMALL)
    fates = {one.thing.id: one.fate for one in what.differences}
    assert fates[service.id] is fates[service.category_id] is Fate.HIDDEN
    assert fates[idle.id] is fates[idle.category_id] is Fate.REMOVED
    assert {one.id for one in what.kept} == {service.id, service.category_id}


async def test_a_file_with_a_mistake_changes_nothing(place: Town) -> None:
    bad = SMALL.replace("minutes: 90", "minutes: 91")
    what = await importing(place).compare(content=bad)
    done = await importing(place).take(content=bad, seen=what.seen, by=ANNA, now=NOW)
    assert [one.line for one in done.mistakes] == [9]
    assert await place.store.count(Edit) == 0


async def test_a_draft_that_went_on_is_compared_once_more(place: Town) -> None:
    what = await importing(place).compare(content=SMALL)
    await taken(place, SMALL)
    with pytest.raises(OutOfDate):
        await importing(place).take(content=SMALL, seen=what.seen, by=ANNA, now=NOW)


async def test_neighbours_take_the_order_of_the_file(place: Town) -> None:
    block = SMALL[SMALL.index("  - code: home") :]
    second = block.replace("home", "yard").replace("clean", "mow").replace("more", "less")
    await taken(place, SMALL + second)
    turned = SMALL[: SMALL.index("  - code: home")] + second + block
    assert {one.values for one in (await importing(place).compare(content=turned)).differences} == {
        ("position",)
    }
    await taken(place, turned)
    tree = await importing(place)._drafting.tree()
    assert [one.code for one in tree.everything_in(category_id=None)[0]] == ["yard", "home"]


MISTAKES = {
    # what is replaced, by what, in which line it is told, why
    "bad yaml": ("[80, 200.5]", "[80, 200.5", 9, "yaml"),
    "tab": ("        minutes", "\tminutes", 9, "yaml"),
    "unknown key": ("minutes:", "minuts:", 9, "unknown_key"),
    "wrong type": ("minutes: 90", "minutes: long", 9, "number"),
    "not whole": ("minutes: 90", "minutes: 90.5", 9, "number"),
    "out of range": ("commission: 12.5", "commission: 51", 10, "bounds"),
    "not a number": ("minutes: 90", "minutes: .nan", 9, "number"),
    "infinite": ("[80, 200.5]", "[80, .inf]", 8, "number"),
    "turned round": ("[80, 200.5]", "[200, 80]", 8, "order"),
    "one price": ("[80, 200.5]", "[80]", 8, "band"),
    "twice in a mapping": ("minutes: 90", "minutes: 90\n        minutes: 60", 10, "twice"),
    "code twice": ("code: clean", "code: home", 6, "duplicate"),
    "missing": ("        minutes: 90\n", "", 6, "missing"),
    "no such choice": ("rule: deposit", "rule: gold", 11, "unknown"),
    "list for words": ("{zh_CN: 打扫, en: Cleaning}", "[打扫]", 7, "languages"),
    "other language": ("en: Cleaning", "fr: Ménage", 7, "unknown_key"),
    "too long": ("en: Cleaning", f"en: {'x' * 41}", 7, "length"),
    "flag": ("minutes: 90", "minutes: 90\n        photos: maybe", 10, "flag"),
    "currency": ("currency: CNY", "currency: EUR", 1, "currency"),
    "alias": (
        "{zh_CN: 打扫, en: Cleaning}",
        "&a {zh_CN: 打扫}\n        description: *a",
        8,
        "alias",
    ),
    "a service's name lacks": ("{zh_CN: 打扫, en: Cleaning}", "{zh_CN: 打扫}", 6, "lacks"),
    "no share": ("rule: deposit, deposit: 30", "rule: deposit", 6, "lacks"),
    "option without price": (", price: 20", "", 13, "missing"),
    "negative": ("price: 20", "price: -20", 13, "bounds"),
    "a word for all": (SMALL, "hello", 1, "mapping"),
    "empty": (SMALL, "", 0, "empty"),
    "too large": (SMALL, "#" * (LARGEST + 1), 0, "too_large"),
    "deep": (SMALL, "[" * 90_000 + "]" * 90_000, 1, "too_deep"),
    "deep in blocks": (SMALL, "- " * 90_000, 1, "too_deep"),
}


@pytest.mark.parametrize("what", MISTAKES)
async def test_every_mistake_is_told_with_its_line(place: Town, what: str) -> None:
    before, after, line, why = MISTAKES[what]
    assert before in SMALL
    told = await importing(place).compare(content=SMALL.replace(before, after, 1))
    assert (line, why) in [(one.line, one.why) for one in told.mistakes], told.mistakes
    assert not told.put
    for language in languages():
        for one in told.mistakes:
            said = mistake(Words(language, "Asia/Shanghai"), one)
            assert one.why in SAYS
            assert "{" not in said
            assert said


def test_many_mistakes_are_all_found_in_one_reading() -> None:
    bad = (
        SMALL.replace("minutes: 90", "minutes: x")
        .replace("12.5", "99")
        .replace("code: more", "cod: more")
    )
    assert [one.line for one in Reader(currency="CNY").read(bad).mistakes] == [9, 10, 13, 13]
