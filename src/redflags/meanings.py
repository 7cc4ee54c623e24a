"""含义: what each flag is called, what it says, and what else may explain it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from redflags.findings import BUYER, ENTITY, PROCESS, TENDERER

GROUP_NAMES = {PROCESS: "采购过程", BUYER: "采购人", ENTITY: "采购机构", TENDERER: "投标人"}
CLUE = "红旗是线索，不是结论；单独一项不构成异常。"


@dataclass(frozen=True)
class Meaning:
    """含义."""

    name: str
    says: str
    otherwise: str  # 正常解释
    shown: Callable[[float], str]


def _nothing(value: float) -> str:
    return ""


def _share(value: float) -> str:
    return f"{value:.1%}" if math.isfinite(value) else "无穷大"


def _bidders(value: float) -> str:
    return f"{value:.0f} 家"


def _kinds(value: float) -> str:
    return f"{value:.0f} 类"


MEANINGS = {
    "R003": Meaning("投标期过短", "投标期的整日数少于规定。", "应急采购，或法定可以缩短的情形。", _nothing),
    "R018": Meaning(
        "只有一家投标", "竞争性程序只有一家投标。", "市场上只有少数供应商，或项目偏远。", _nothing
    ),
    "R024": Meaning(
        "中标价与次低价过近", "次低价只比中标价高一点点。", "成本透明的标准品，报价本就接近。", _share
    ),
    "R025": Meaning("屡投不中", "投标次数居前，中标比例却异常低。", "新进入者，或报价策略保守。", _share),
    "R028": Meaning(
        "报价相同", "不同投标人报出同样的价格。", "政府定价、按下浮率报价或以控制价为报价。", _nothing
    ),
    "R030": Meaning(
        "逾期投标中标", "投标日期晚于截止日期的投标人中标。", "日期填报有误，或截止日期曾顺延。", _nothing
    ),
    "R035": Meaning(
        "除中标人外均被否决", "只有中标人的投标有效，其余被否决。", "其余投标确有实质性不响应。", _bidders
    ),
    "R036": Meaning(
        "最低价被否决", "最低的报价被否决，合同给了别人。", "最低价低于成本，或不满足资格条件。", _nothing
    ),
    "R038": Meaning(
        "否决比例过高", "被否决的投标所占比例异常高。", "行业资质门槛高，投标人准备不足。", _share
    ),
    "R048": Meaning(
        "中标品类过杂", "一家供应商中标的品类多得不寻常。", "综合贸易商，或框架协议供应商。", _kinds
    ),
    "R058": Meaning("中标价明显偏低", "次低价远高于中标价。", "新技术、新工艺，或以低价进入市场。", _share),
}
