"""部件目录: the shortest, the longest and the broken example of every part, kept alive on one page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from ggzy.foundation.ui import forms, show
from ggzy.kernel.money import Money
from ggzy.kernel.verdict import Reason, Verdict

NOW = datetime(2026, 3, 26, 0, 32, tzinfo=UTC)
LONG = "云岭省江州市澜川县高标准农田建设及灌区续建配套与节水改造工程（二期）施工总承包第三标段及其附属设施"
CONSORTIUM = "云岭建设集团有限公司、江州市水利水电工程局有限责任公司、澜川县农业机械化综合服务有限公司" * 6


@dataclass(frozen=True)
class Example:
    """One part with one set of values."""

    part: str
    note: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Group:
    """All examples of one part."""

    name: str
    examples: tuple[Example, ...]


class Sample(forms.Form):
    """A form with one field of each kind."""

    title = forms.TextField(label="标段名称", help_text="写全称，不写简称。")
    amount = forms.AmountField(label="最高投标限价", help_text="可以写 198万、1,980,000 或 1980000。")
    code = forms.CreditCodeField(label="统一社会信用代码")
    deadline = forms.InstantField(label="投标截止时间", help_text="北京时间。")
    reason = forms.LongTextField(label="说明", required=False, rows=3)
    method = forms.ChoiceField(label="交易方式", choices=[("open", "公开招标"), ("invited", "邀请招标")])
    agree = forms.TickField(label="已核对以上内容")
    file = forms.FileField(label="招标文件", endings=(".pdf",), required=False)


def groups() -> tuple[Group, ...]:
    """Every part with its examples, in the order of the list of parts."""
    made: dict[str, list[Example]] = {}
    for example in (
        *_facts(),
        *_ways(),
        *_deciding(),
        *_rows(),
        *_lists(),
        *_forms(),
        *_records(),
        *_drawings(),
    ):
        made.setdefault(example.part, []).append(example)
    return tuple(Group(name, tuple(examples)) for name, examples in made.items())


def _facts() -> list[Example]:
    short = [("编号", show.code("A0191530100202603260011")), ("预算", show.money(Money.yuan("1980000")))]
    long = [
        ("名称", LONG),
        ("投标人", CONSORTIUM),
        ("限价", show.money(Money.yuan("198000000.55"), characters=True)),
    ]
    return [
        Example("key_facts", "最短", {"rows": short[:1]}),
        Example("key_facts", "最长", {"rows": short + long}),
        Example(
            "countdown",
            "最短：不足一小时",
            {"until": NOW + timedelta(minutes=58), "now": NOW, "label": "投标截止"},
        ),
        Example(
            "countdown", "最长：多日", {"until": NOW + timedelta(days=20), "now": NOW, "label": "投标截止"}
        ),
        Example("countdown", "已过", {"until": NOW - timedelta(hours=1), "now": NOW, "label": "投标截止"}),
        Example("next_box", "最短", {"title": "等待开标"}),
        Example(
            "next_box",
            "最长",
            {"title": LONG, "until": NOW + timedelta(hours=5), "now": NOW, "label": "投标截止", "text": LONG},
        ),
    ]


def _ways() -> list[Example]:
    stages = [
        _stage("入场登记", "done", at=NOW - timedelta(days=24), url="#"),
        _stage("投标", "current", text="截止前可以替换或撤回", latest=NOW.date()),
        _stage("开标", "coming", text=LONG, latest=NOW.date()),
        _stage("暂停", "stopped", at=NOW),
        _stage("异议", "skipped"),
    ]
    return [
        Example("timeline", "每种状态", {"stages": stages}),
        Example(
            "steps",
            "开标步骤",
            {
                "items": [
                    ("签到", "done"),
                    ("截止", "done"),
                    ("解密", "current"),
                    ("唱标", "coming"),
                    ("确认", "coming"),
                ]
            },
        ),
        Example("tabs", "最短", {"items": [("概况", "#a")]}),
        Example(
            "tabs",
            "最长",
            {
                "items": [
                    (name, "#a", 3)
                    for name in (
                        "概况",
                        "公告",
                        "答疑澄清",
                        "开标记录",
                        "评标结果",
                        "公示与异议",
                        "中标与合同",
                        "存证",
                    )
                ]
            },
        ),
    ]


def _stage(name: str, state: str, **given: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "at": None, "url": "", "text": "", "latest": None, **given}


def _deciding() -> list[Example]:
    no = Verdict(
        (
            Reason(
                "deposit",
                "保证金未到账（应缴 38,000.00 元）",
                "招标投标法实施条例 第二十六条",
                "请从基本账户转入本标段的保证金账户。",
            ),
            Reason("unsigned", "授权委托书未签章"),
        )
    )
    rows = [
        {"condition": "营业执照在有效期内", "ours": "长期", "ok": True, "remedy": "", "article": ""},
        {
            "condition": LONG,
            "ours": CONSORTIUM,
            "ok": False,
            "remedy": "在本单位页面补充后重新检查。",
            "article": "招标投标法 第二十六条",
        },
    ]
    return [
        Example("action", "可以办理", {"verdict": Verdict(), "url": "#", "label": "递交投标文件"}),
        Example("action", "不能办理，列出全部原因", {"verdict": no, "url": "#", "label": "递交投标文件"}),
        Example("verdict_list", "符合与不符合", {"rows": rows}),
        Example(
            "band",
            "提示",
            {
                "kind": "info",
                "text": "本公告于 3月18日更正：投标截止时间由 3月26日 09:30 改为 4月2日 09:30。",
            },
        ),
        Example("band", "注意", {"kind": "warn", "title": "即将截止", "text": "您有 1 项未完成。"}),
        Example("band", "停止", {"kind": "stop", "title": "本标段已暂停", "text": LONG, "url": "#"}),
        Example(
            "tasks",
            "状态",
            {
                "items": [
                    {"label": "资格文件", "state": "已完成", "url": "#"},
                    {"label": LONG, "state": "需修改", "url": "#", "note": "缺 2 项"},
                ]
            },
        ),
        Example("todo", "没有", {"items": [], "now": NOW, "empty": "没有待办事项。"}),
        Example("todo", "最长", {"now": NOW, "empty": "", "items": [_todo(3), _todo(-3)]}),
    ]


def _todo(hours: int) -> dict[str, Any]:
    return {
        "what": "递交投标文件",
        "lot_title": LONG,
        "lot_url": "#",
        "until": NOW + timedelta(hours=hours),
        "is_late": hours < 0,
        "note": "",
        "url": "#",
        "label": "去办理",
    }


def _rows() -> list[Example]:
    row = {
        "url": "#",
        "title": LONG,
        "kind": "招标公告",
        "meta": ["江州市澜川县", "公开招标"],
        "state": "公告中",
        "amount": Money.yuan("1980000"),
        "deadline": NOW + timedelta(days=3),
        "at": None,
    }
    return [
        Example(
            "notice_row",
            "最短",
            {"row": {**row, "title": "课桌椅采购", "deadline": None, "amount": None, "meta": []}, "now": NOW},
        ),
        Example("notice_row", "最长，检索词标记", {"row": row, "now": NOW, "words": ["灌区", "施工"]}),
        Example(
            "table",
            "数字靠右",
            {
                "caption": "合同",
                "columns": ["名称", ("金额（元）", "number")],
                "rows": [["甲", "1,980,000.00"], [LONG, "12.00"]],
                "foot": ["合计", "1,980,012.00"],
            },
        ),
        Example("price_table", "金额与文字报价", {"caption": "开标记录", "rows": _bids()}),
        Example(
            "plot",
            "报价与限价",
            {
                "title": "报价分布",
                "prices": [Money.yuan(str(v)) for v in (1710000, 1764000, 1765000, 1766500, 1820000)],
                "ceiling": Money.yuan("1980000"),
            },
        ),
        Example("plot", "一家", {"title": "报价分布", "prices": [Money.yuan("1")]}),
    ]


def _bids() -> list[dict[str, Any]]:
    return [
        {
            "number": 1,
            "name": CONSORTIUM,
            "members": ["江州市水利水电工程局有限责任公司"],
            "price": show.money(Money.yuan("1876543.21")),
            "period": "180 日历天",
            "quality": "合格",
            "state": show.state("已解密"),
        },
        {
            "number": 2,
            "name": "河阳建工",
            "members": [],
            "price": "下浮率 20.5%，按结算审定价执行",
            "period": "",
            "quality": "",
            "state": show.state("解密失败"),
        },
    ]


def _lists() -> list[Example]:
    return [
        Example("pager", "多页", {"page": 7, "pages": 20, "total": 1905, "current": {}}),
        Example("chips", "已选条件", {"items": [("江州市", "#"), ("公开招标", "#")], "clear": "#"}),
        Example("empty", "空", {"text": "没有找到符合全部条件的公告。"}),
        Example("figure", "数字", {"label": "今日截止", "value": "12", "unit": "个标段", "url": "#"}),
        Example("attachments", "没有", {"rows": []}),
        Example(
            "attachments",
            "一个",
            {
                "rows": [
                    {"name": LONG + ".pdf", "bytes": 1830000, "digest": "sha256:" + "3f7a" * 16, "url": "#"}
                ]
            },
        ),
        Example(
            "difference",
            "更正",
            {
                "lines": [
                    (" ", "第一章 投标须知"),
                    ("-", "投标截止时间 3月26日 09:30"),
                    ("+", "投标截止时间 4月2日 09:30"),
                ]
            },
        ),
    ]


def _forms() -> list[Example]:
    broken = Sample(
        {"title": LONG, "amount": "一百九十八万不到", "code": "9153", "deadline": "明天", "method": "x"}
    )
    broken.is_valid()
    refused = Sample({"title": LONG})
    refused.refuse(
        (
            Reason(
                "early", "投标截止时间早于公告之日起 20 日", "招标投标法 第二十四条", "最早可以定在 4月17日。"
            ),
        )
    )
    return [
        Example("form", "空表", {"form": Sample(prefix="empty"), "submit": "继续"}),
        Example("form", "有误", {"form": broken, "submit": "继续"}),
        Example("error_summary", "被规则拒绝", {"form": refused}),
        Example(
            "search", "检索", {"action": "#", "label": "检索", "id": "sample-q", "hint": "例：课桌椅 澜川县"}
        ),
    ]


def _records() -> list[Example]:
    receipt = SimpleNamespace(code="7K3M-9QTE-2XHD-51RA", at=NOW, height=1842, digest="sha256:" + "9c41" * 16)
    return [
        Example(
            "receipt",
            "投标回执",
            {
                "receipt": receipt,
                "lines": [("事项", "递交投标文件"), ("标段", LONG)],
                "address": "https://example.invalid/verify/?q=7K3M-9QTE-2XHD-51RA",
            },
        ),
        Example("breadcrumb", "位置", {"items": [("首页", "/"), ("交易公开", "/notices/"), (LONG, "")]}),
        Example("help_box", "帮助", {}),
    ]


def _drawings() -> list[Example]:
    firms = tuple(f"江州第{number}建设公司" for number in range(1, 31))
    days = tuple(f"{number}. 2026-03-{number:02d}" for number in range(1, 9))
    won = tuple(
        (firm, day, Decimal(1), "中" if (row + at) % 3 == 0 else "投")
        for row, firm in enumerate(firms[:3])
        for at, day in enumerate(days)
    )
    met = tuple(
        (firms[row], firms[(row + step) % 30], Decimal(2 + row % 5 * step), "")
        for row in range(30)
        for step in (1, 3)
    )
    parts = ((LONG, "", Decimal("99.5"), "中标"), (firms[0], "", Decimal("-3.2"), ""))
    return [
        _drawing("点图：最长的名称，负数", "dots", (LONG, firms[0]), (), parts, "%"),
        _drawing("矩阵", "matrix", firms[:3], days, won, ""),
        _drawing("关系图：最多的节点", "network", firms, (), met, "次"),
        _drawing("关系图：没有连线", "network", firms[:1], (), (), "次"),
    ]


def _drawing(note: str, shape: str, rows: Any, columns: Any, cells: Any, unit: str) -> Example:
    values = {"shape": shape, "title": note, "rows": rows, "columns": columns, "cells": cells, "unit": unit}
    return Example("drawing", note, values)
