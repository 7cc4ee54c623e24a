"""证据图: the same every time, whole to a reader of titles, harmless whatever the names are."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from ggzy.foundation.ui import figures

FIRMS = tuple(f"望江第{n}公司" for n in range(1, 41))
PAIRS = tuple((FIRMS[n], FIRMS[(n * 7 + 1) % 40], Decimal(n % 9 + 1), "") for n in range(40))
DAYS = ("1. 2026-03-02", "2. 2026-03-09", "3 号席")


def drawn():
    yield figures.network(FIRMS, PAIRS, title="相遇", unit="次")
    yield figures.network((), (), title="没有人", unit="次")
    yield figures.network(FIRMS[:2], PAIRS[:1], title="两家", unit="次")
    yield figures.matrix(FIRMS[:3], DAYS, ((FIRMS[0], DAYS[0], Decimal(1), "中"),), title="矩阵")
    yield figures.matrix((), (), (), title="空")
    yield figures.rows(
        FIRMS[:2],
        ((FIRMS[0], "", Decimal("-2.50"), ""), (FIRMS[1], "", Decimal(3), "中标")),
        title="点",
        unit="%",
    )
    yield figures.rows((), (), title="空")


@pytest.mark.parametrize("number", range(7))
def test_drawing_is_well_formed_titled_and_repeatable(number):
    svg, again = list(drawn())[number], list(drawn())[number]
    assert svg == again
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img" and root.attrib["aria-label"] and root.find("title") is not None
    assert root.find("desc") is not None and "style=" not in svg and "<script" not in svg


def test_network_shows_at_most_thirty_nodes_and_only_lines_between_them():
    svg = figures.network(FIRMS, PAIRS, title="相遇", unit="次")
    assert svg.count('class="node"') == 30 and svg.count('class="edge"') < len(PAIRS)
    assert "30. 望江第30公司" in svg and "望江第31公司" not in svg


def test_names_cannot_break_out_of_the_drawing():
    evil = '<script>alert(1)</script>"&{0}'
    for svg in (
        figures.network((evil, "b"), ((evil, "b", Decimal(1), evil),), title=evil),
        figures.matrix((evil,), (evil,), ((evil, evil, Decimal(1), evil),), title=evil),
        figures.rows((evil,), ((evil, "", Decimal(1), evil),), title=evil),
    ):
        assert "<script" not in svg
        ElementTree.fromstring(svg)


def test_nodes_do_not_lie_on_one_another():
    svg = figures.network(FIRMS[:30], (), title="圆")
    places = re.findall(r'class="node" cx="(\d+)" cy="(\d+)"', svg)
    points = [(int(x), int(y)) for x, y in places]
    gaps = [abs(a - c) + abs(b - d) for n, (a, b) in enumerate(points) for c, d in points[n + 1 :]]
    assert len(points) == 30 and min(gaps) > 28


def test_scale_of_rows_holds_zero():
    svg = figures.rows(("a", "b"), (("a", "", Decimal(-5), ""), ("b", "", Decimal(5), "")), title="点")
    (axis,) = (int(x) for x in re.findall(r'class="axis" x1="(\d+)"', svg))
    left, right = (int(x) for x in re.findall(r'class="plain" cx="(\d+)"', svg))
    assert left < axis < right


def test_a_line_to_itself_or_to_nobody_is_left_out():
    svg = figures.network(("a", "b"), (("a", "a", Decimal(3), ""), ("a", "z", Decimal(3), "")), title="圆")
    assert 'class="edge"' not in svg
