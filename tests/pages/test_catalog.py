"""交易目录: anyone may read what must enter, and ask."""

import re

import pytest
from django.test import Client

from ggzy.registers.catalog import queries, views
from ggzy.registers.catalog.values import Limit

pytestmark = pytest.mark.django_db

QUESTION = {"category": "A01", "nature": "works", "estimate": "450万", "funding": "财政资金"}


def text(client: Client, path: str, status: int = 200, **given: str) -> str:
    answer = client.get(path, given)
    assert answer.status_code == status
    return re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", answer.content.decode())


def test_the_catalogue_lists_every_category(client: Client) -> None:
    page = text(client, "/catalog/")
    for category in queries.categories():
        assert category.name in page
        assert f"/catalog/{category.key}/" in page


@pytest.mark.parametrize("key", [category.key for category in queries.categories()])
def test_every_category_has_its_page(client: Client, key: str) -> None:
    assert "进场要求" in text(client, f"/catalog/{key}/")


@pytest.mark.parametrize(
    "change, words",
    [
        ({}, ["必须进场", "达到施工类必须招标的限额4,000,000.00元", "必须招标的工程项目规定 §5", "公开招标"]),
        ({"estimate": "300万"}, ["可以进场", "未达到施工类必须招标的限额"]),
        ({"funding": "社会资本"}, ["可以进场", "不属于必须招标的项目"]),
        ({"category": "B01"}, ["必须进场", "国有建设用地使用权出让"]),
    ],
)
def test_a_question_is_answered_with_reasons_and_articles(client, change, words):
    page = text(client, "/catalog/", **(QUESTION | change))
    assert all(word in page for word in words)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"estimate": "约四百万"}, "无法识别金额"),
        ({"estimate": ""}, "请填写本项"),
        ({"category": "Z99"}, "请在所列各项中选择"),
    ],
)
def test_an_unusable_question_is_said_and_nothing_is_cleared(client, change, words):
    page = text(client, "/catalog/", 422, **(QUESTION | change))
    assert words in page
    assert 'value="财政资金"' in page


def test_the_page_of_construction_shows_limits_with_articles(client: Client) -> None:
    page = text(client, "/catalog/construction/")
    for words in ("不少于 20 日", "招标投标法 §24", "不超过 2%", "房屋建筑", "construction.2018-01-01"):
        assert words in page
    assert "暂停交易" not in page


def test_a_region_shows_its_own_numbers_too(client: Client) -> None:
    page = text(client, "/catalog/construction/", region="980000")
    assert "云岭省" in page and "不超过 90 日" in page
    assert "不超过 90 日" not in text(client, "/catalog/construction/", region="nonsense")


def test_an_unknown_category_is_missing(client: Client) -> None:
    assert client.get("/catalog/nonsense/").status_code == 404


def test_every_number_can_be_written_in_words() -> None:
    for limit in queries.rulebook(
        "construction", queries.regions()[-1].code, queries.date(2026, 1, 1)
    ).limits:
        assert isinstance(limit, Limit) and views.amount(limit)
