"""公告的表单: what the notice fixes. A field that means nothing in a format is not there."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms

from ggzy.foundation.ui import forms
from ggzy.trading.auctions.forms.fields import (
    DurationField,
    NumberField,
    NumeralField,
    PriceField,
    quantity,
    rows,
    rung,
    viewing,
    weighted,
)
from ggzy.trading.auctions.forms.papers import CarriedForm, paper
from ggzy.trading.auctions.values import (
    AtCeiling,
    Direction,
    Entry,
    Format,
    Measure,
    PriorityMode,
    TieRule,
)
from ggzy.trading.projects.values import LotFacts

PAPERS = ("documents", "contract", "annex")
_SECOND = ("second_name", "second_measure", "second_start", "second_step", "second_cap", "second_timed")
_AFTER_CEILING = ("at_ceiling", "entering", *_SECOND)
_CEILING = ("ceiling", *_AFTER_CEILING)
_OPEN = ("window", "length", "extensions_max", "proxies", "may_raise_own")
_TIMED = ("timed", "asking", "entry")
_PRIORITY = ("priority", "priority_asking")
_TIES = ("ties", "ties_rounds", "ties_round")
_FALL = ("fall_interval", "fall_floor")
_ITEMS = ("price_weight", "price_best", "items", "least_points")
_LADDER = ("ladder", "is_exact", "leap_max")
OMITTED: Mapping[str, tuple[str, ...]] = {
    "ascending": ("asking", *_TIES, *_FALL, *_ITEMS),
    "listing": (*_TIES, *_FALL, *_ITEMS),
    "dynamic": ("asking", *_TIES, *_FALL, *_ITEMS),
    "reverse": (*_TIMED, *_CEILING, *_PRIORITY, *_TIES, *_FALL, *_ITEMS, "appraisal", "commission", "is_immovable"),
    "weighted": (*_TIMED, *_CEILING, *_PRIORITY, *_TIES, *_FALL, "step", "proxies", *_LADDER),
    "sealed_offer": (*_TIMED, *_AFTER_CEILING, *_FALL, *_ITEMS, *_OPEN, "ladder", "leap_max"),
    "descending": (*_TIMED, *_CEILING, *_PRIORITY, *_TIES, *_ITEMS, *_OPEN, *_LADDER, "ends_at", "reserve"),
}  # fmt: skip
"""Which fields a format does without."""
REVERSE = {
    "start": "最高限价（起始价）",
    "step": "每次降价幅度",
    "conditions": "供应商资格条件",
    "bidders_min": "最少供应商数",
    "documents": "采购文件",
    "deposit": "保证金",
}
YES_NO = [("yes", "是"), ("no", "否")]
SECOND_MEASURES = {"自持面积（㎡）": Measure.AREA, "自持比例（%）": Measure.RATE, "金额（元）": Measure.MONEY}


class AnnounceForm(CarriedForm):
    """出让、转让、反向竞价公告."""

    documents = paper("出让（转让）文件")
    contract = paper("合同样本")
    annex = paper("其他附件", help_text="勘测图、评估报告、照片等。")

    start = PriceField(label="起始价")
    per = forms.TextField(
        label="计价单位", required=False, max_length=20, help_text="按单价竞价的填写，如 元/亩。"
    )
    quantity = NumeralField(
        label="计价数量", required=False, help_text="按单价竞价的填写，总价等于单价乘以数量。"
    )
    appraisal = forms.AmountField(label="评估结果", required=False)
    reserve = PriceField(
        label="保留价",
        required=False,
        help_text="设保留价的填写。平台只公布它的承诺值，金额和密钥由您保存，竞价结束后由您公开。",
    )
    reserve_salt = django_forms.CharField(widget=django_forms.HiddenInput, required=False, max_length=64)
    reserve_kept = forms.TickField(label="我已下载或者打印保留价凭证，并单独保存", required=False)

    step = PriceField(label="每次加价幅度")
    ladder = forms.LongTextField(
        label="分段幅度",
        required=False,
        rows=3,
        max_length=2_000,
        help_text="每行一段：自哪个价格起，每次多少。如“3000万 20万”。",
    )
    is_exact = forms.ChoiceField(
        label="报价须为幅度的整数倍", choices=[("yes", "须为整数倍"), ("no", "不低于一个幅度即可")]
    )
    leap_max = NumberField(label="单次最多幅度数", required=False, min_value=1, max_value=1_000_000)
    fall_interval = DurationField(label="降价间隔")
    fall_floor = PriceField(label="最低价")
    price_weight = NumeralField(label="价格的权重", help_text="各项权重合计 100。")
    price_best = PriceField(label="价格的最优值", help_text="达到这个价格得满分，高于它不再加分。")
    items = forms.LongTextField(
        label="其他权重项",
        rows=3,
        max_length=2_000,
        help_text="每行一项：名称、权重、基准值、最优值、单位。如“交货期 20 60 30 天”。",
    )
    least_points = NumeralField(label="每次至少提高的得分", help_text="如 0.1。")

    ceiling = PriceField(label="最高限价", required=False, help_text="不设的不填。")
    at_ceiling = forms.ChoiceField(
        label="达到最高限价后",
        required=False,
        choices=[
            (AtCeiling.CLOSE.value, "首个报出最高限价的竞得"),
            (AtCeiling.CONTEST.value, "转为竞争其他数量（竞自持、竞配建）"),
            (AtCeiling.DRAW.value, "在愿以最高限价成交者中摇号"),
        ],
    )
    entering = DurationField(label="摇号报名时长", required=False)
    second_name = forms.TextField(label="转为竞争的数量", required=False, help_text="如 自持租赁住房面积。")
    second_measure = forms.ChoiceField(
        label="该数量的计量",
        required=False,
        choices=[(measure.value, name) for name, measure in SECOND_MEASURES.items()],
    )
    second_start = forms.TextField(label="该数量的起点", required=False)
    second_step = forms.TextField(label="该数量每次的幅度", required=False)
    second_cap = forms.TextField(
        label="该数量的上限", required=False, help_text="首个达到上限的竞得；不设的不填。"
    )
    second_timed = DurationField(label="该数量竞争的时长", required=False)

    entry = forms.ChoiceField(label="谁可以参加限时竞价", required=False, choices=[])
    asking = DurationField(
        label="询问期时长", required=False, help_text="挂牌期满后询问谁继续竞价；不设的不填。"
    )
    timed = DurationField(label="限时竞价时长", required=False)
    window = DurationField(label="结束前多久有报价即延长")
    length = DurationField(label="自该报价起再延长", help_text="不短于触发延长的时间。")
    extensions_max = NumberField(
        label="最多延长次数", required=False, min_value=1, max_value=100_000, help_text="不设上限的不填。"
    )
    proxies = forms.ChoiceField(label="开放自动出价", choices=YES_NO)
    may_raise_own = forms.ChoiceField(label="领先者可以再提高自己的报价", choices=YES_NO)
    priority = forms.ChoiceField(
        label="优先购买权",
        choices=[
            ("", "没有优先购买权人"),
            (PriorityMode.IN_ROOM.value, "场内行权：可以相同价格应价"),
            (PriorityMode.AFTER.value, "竞价结束后询问是否以该价格受让"),
        ],
        required=False,
    )
    priority_asking = DurationField(label="询问优先购买权人的时长", required=False)
    ties = forms.ChoiceField(
        label="最高报价相同时",
        choices=[
            (TieRule.EARLIER.value, "先报者优先"),
            (TieRule.AGAIN.value, "并列者再次报价"),
            (TieRule.DRAW.value, "抽签"),
        ],
    )
    ties_rounds = NumberField(label="再次报价最多几轮", required=False, min_value=1, max_value=10)
    ties_round = DurationField(label="再次报价每轮时长", required=False)
    bidders_min = NumberField(
        label="最少竞买人数", min_value=1, max_value=100, help_text="不足的，本轮竞价终止。"
    )

    apply_from = forms.InstantField(label="报名开始时间")
    apply_until = forms.InstantField(label="报名截止时间")
    deposit_until = forms.InstantField(label="保证金截止时间")
    starts_at = forms.InstantField(label="竞价（挂牌）开始时间")
    ends_at = forms.InstantField(label="竞价（挂牌）结束时间")
    viewings = forms.LongTextField(
        label="现场踏勘、标的展示时间",
        required=False,
        rows=3,
        max_length=4_000,
        help_text="每行一段，如“2026-06-05 09:00 至 11:30”。",
    )

    deposit = forms.AmountField(label="竞买保证金", help_text="不收取的填 0。")
    deposit_by_credit = forms.TickField(
        label="保证金按竞买人的信用等级核定",
        required=False,
        help_text="守信的减收但不低于法定最低额；在公告中写明，办理时核定。",
    )
    first = forms.RateField(label="首期付款比例")
    first_days = NumberField(label="首期付款期限（合同签订后几日）", min_value=0, max_value=3_650)
    all_days = NumberField(label="付清期限（合同签订后几日）", min_value=0, max_value=3_650)
    contract_days = NumberField(label="签订合同的期限（成交后几日）", min_value=1, max_value=365)
    commission = forms.RateField(label="佣金或服务费（占成交价）", required=False)
    is_immovable = forms.ChoiceField(label="标的是否为不动产", choices=YES_NO)
    conditions = forms.LongTextField(label="竞买人条件", max_length=5_000)
    materials = forms.LongTextField(
        label="报名材料",
        required=False,
        rows=3,
        max_length=2_000,
        help_text="每行一种，如 竞买申请书。报名人逐种上传。",
    )
    contact = forms.TextField(label="联系人及联系方式")

    def __init__(self, lot: LotFacts, format: Format, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lot, self.format = lot, format
        for name in OMITTED[format.code]:
            del self.fields[name]
        if lot.price_form == "rate":
            for name in ("start", "step", "reserve", "ceiling", "fall_floor", "price_best"):
                if name in self.fields:
                    field = self.fields[name]
                    self.fields[name] = PriceField(
                        is_rate=True, label=field.label, required=field.required, help_text=field.help_text
                    )
        if self.direction is Direction.DOWN:
            for name, label in REVERSE.items():
                self.fields[name].label = label
        if "entry" in self.fields:
            self._entries()

    @property
    def direction(self) -> Direction:
        """竞价方向 of this format."""
        return Direction.DOWN if self.format.code == "reverse" else Direction.UP

    def _entries(self) -> None:
        names = {
            Entry.ANYONE: "全体竞买人",
            Entry.OFFERED: "此前有过有效报价的竞买人",
            Entry.JOINED: "询问期内表示继续竞价的竞买人",
        }
        field = self.fields["entry"]
        assert isinstance(field, django_forms.ChoiceField)
        field.choices = [
            (entry.value, name)
            for entry, name in names.items()
            if entry is not Entry.JOINED or "asking" in self.fields
        ]

    def clean_viewings(self) -> Any:
        """One period a line; every wrong one is named."""
        return rows(str(self.cleaned_data["viewings"]), viewing)

    def clean_materials(self) -> tuple[str, ...]:
        """One material a line, each once."""
        found = rows(str(self.cleaned_data["materials"]), lambda line: line[:100])
        return tuple(dict.fromkeys(found))

    def clean_items(self) -> Any:
        """One weighted item a line; every wrong one is named."""
        return rows(str(self.cleaned_data["items"]), weighted)

    def clean_ladder(self) -> Any:
        """One rung a line, against the start price; every wrong one is named."""
        start, text = self.cleaned_data.get("start"), str(self.cleaned_data["ladder"])
        if start is None:
            return ()
        return rows(text, lambda line: rung(line, start, self.direction))

    def clean(self) -> dict[str, Any]:
        """The second contest in its own measure."""
        data = self.cleaned_data
        measure = Measure(data.get("second_measure") or Measure.AREA.value)
        for name in ("second_start", "second_step", "second_cap"):
            text = str(data.get(name) or "").strip()
            try:
                data[name] = quantity(measure, text) if text else None
            except (ValueError, django_forms.ValidationError):
                self.add_error(name, f"“{text[:30]}”不是有效的{measure.label}。")
        return data


class AmendForm(AnnounceForm):
    """变更公告: the whole notice as it shall stand, and why."""

    reason = forms.LongTextField(label="变更的内容和原因", rows=3, max_length=2_000)
    is_material = forms.ChoiceField(
        label="是否影响竞买人的判断",
        choices=[
            ("yes", "影响价格等主要条件（公告期重新计算）"),
            ("no", "不影响（如更正错字、补充说明）"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reserve", "reserve_kept"):
            self.fields.pop(name, None)  # what was committed to stays committed
