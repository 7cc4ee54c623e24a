"""抽取、应答、评审、签署的表单."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms as django_forms

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import RegionCode
from ggzy.trading.evaluation.forms.schemes import PLAIN, NumberField
from ggzy.trading.evaluation.rules.sitting import REOPEN_GROUNDS
from ggzy.trading.evaluation.values import (
    GROUNDS,
    TURNS,
    CommitteePlan,
    Criterion,
    Ground,
    SeatPlan,
    Vacancy,
)

SPECIALTIES_MAX = 5
GROUND_CHOICES = [(ground.value, f"{text.name}（{text.article}）") for ground, text in GROUNDS.items()]


class PlainForm(forms.Form):
    """确认: nothing to fill in but the request id."""


class RequestForm(forms.Form):
    """申请抽取评标专家."""

    region = forms.RegionCodeField(
        label="抽取区域", help_text="六位行政区划代码；候选专家不足时改用上一级区域"
    )
    owner_seats = django_forms.IntegerField(
        label="招标人代表人数", min_value=0, max_value=9, initial=1, help_text="不超过成员总数的三分之一"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SPECIALTIES_MAX + 1):
            self.fields[f"specialty{number}"] = forms.TextField(
                label=f"专业 {number}", required=number == 1, max_length=7,
                help_text="填代码，或者填名称后从列表中选，如 A0801；一级、二级、三级都可以" if number == 1 else "",
            )  # fmt: skip
            self.fields[f"specialty{number}"].widget.attrs["list"] = "specialties"
            self.fields[f"count{number}"] = django_forms.IntegerField(
                label="人数", required=number == 1, min_value=1, max_value=30
            )

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The names of the fields of each specialty."""
        return [(f"specialty{number}", f"count{number}") for number in range(1, SPECIALTIES_MAX + 1)]

    def plan(self, data: dict[str, Any]) -> CommitteePlan:
        """The committee as typed; rows without a specialty do not count."""
        seats = tuple(
            SeatPlan(specialty=data[f"specialty{n}"].strip().upper(), count=data[f"count{n}"] or 0)
            for n in range(1, SPECIALTIES_MAX + 1)
            if data[f"specialty{n}"]
        )
        return CommitteePlan(
            seats=seats, region=RegionCode(data["region"]), owner_seats=data["owner_seats"] or 0
        )


class CommitForm(forms.Form):
    """提交随机数承诺."""

    commitments = forms.HashesField(label="承诺值", count=TURNS)


class RevealForm(forms.Form):
    """公开随机数."""

    nonce = forms.HashesField(label="本轮随机数", count=1)


class ReasonForm(forms.Form):
    """说明原因."""

    text = forms.LongTextField(label="原因", rows=3, max_length=2000)


class AnswerForm(forms.Form):
    """应答评标邀请."""

    accepts = forms.ChoiceField(label="能否参加", choices=[("yes", "接受"), ("no", "不能参加")])
    text = forms.TextField(label="不能参加的原因", required=False)


class SignInForm(forms.Form):
    """签到."""

    declared = forms.TickField(label="我声明：不存在应当回避的情形，遵守评标纪律，独立评审")


class RecuseForm(forms.Form):
    """回避或者不能继续."""

    reason = forms.ChoiceField(
        label="情形",
        choices=[(Vacancy.RECUSED.value, "应当回避"), (Vacancy.UNFIT.value, "因健康等原因不能继续评标")],
    )
    text = forms.LongTextField(label="说明", rows=3, max_length=2000)


class RepresentativeForm(forms.Form):
    """招标人代表."""

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ChoiceField(label="招标人代表", choices=people)


class BeginForm(forms.Form):
    """推选主任."""

    def __init__(self, seats: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = forms.ChoiceField(
            label="推选的主任", choices=[(str(seat), f"评委{seat}") for seat in seats]
        )


class ReviewDraftForm(forms.Form):
    """初步评审意见 of one bid."""

    verdict = forms.ChoiceField(
        label="初步评审意见", choices=[("pass", "通过"), ("reject", "否决")], initial="pass"
    )
    grounds = forms.TicksField(label="否决情形", choices=GROUND_CHOICES, required=False)
    text = forms.LongTextField(label="具体理由", rows=3, max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        """A rejection names its ground and its reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("verdict") == "reject" and not (data.get("grounds") and data.get("text")):
            raise django_forms.ValidationError("否决投标须选择法定情形并写明具体理由")
        return data


class PointsForm(forms.Form):
    """一项打分."""

    points = NumberField(label="分值")
    note = forms.LongTextField(label="说明", rows=2, max_length=2000, required=False)

    def __init__(self, criterion: Criterion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].help_text = f"0 至 {criterion.full} 分，步长 {criterion.step} 分"


class SubmitScoresForm(forms.Form):
    """提交评分."""

    reason = forms.TextField(
        label="修改原因", required=False, help_text="首次提交不填；修改已提交的评分须说明"
    )


class QuestionForm(forms.Form):
    """要求澄清、说明."""

    text = forms.LongTextField(label="要求澄清、说明的内容", rows=4, max_length=2000)
    is_about_price = forms.TickField(label="要求说明报价（低于成本的认定以此为前提）", required=False)


class CorrectionForm(forms.Form):
    """算术修正."""

    amount = forms.AmountField(label="修正后的报价", required=False)
    rate = forms.RateField(label="修正后的费率", required=False)
    reason = forms.LongTextField(label="修正依据和计算过程", rows=4, max_length=2000)


@dataclass(frozen=True)
class MeasureLine:
    """一行量值: the bid by its number in the opening record, the factor by its code."""

    number: int
    code: str
    value: Decimal


class MeasuresField(forms.LongTextField):
    """量值, one line each: 投标序号 因素编号 量值."""

    def to_python(self, value: Any) -> Any:
        """A tuple of lines."""
        found = []
        for line in str(value or "").translate(forms.FULL_WIDTH).splitlines():
            words = line.split()
            if not words:
                continue
            if len(words) != 3 or not PLAIN.fullmatch(words[2]) or not words[0].isdecimal():
                raise django_forms.ValidationError(f"“{line.strip()}”应写成：投标序号 因素编号 量值")
            found.append(MeasureLine(int(words[0][:9]), words[1].lower(), Decimal(words[2])))
        return tuple(found)

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


class MeasuresForm(forms.Form):
    """核定量值."""

    lines = MeasuresField(label="量值", help_text="每行一项：投标序号 因素编号 量值，如 3 a1 380")


class FinishReviewForm(forms.Form):
    """汇总初步评审."""

    decision = forms.ChoiceField(
        label="决定", choices=[("go_on", "进入详细评审"), ("reject_all", "否决所有投标")], initial="go_on"
    )
    competition = forms.LongTextField(
        label="关于竞争性的说明", rows=3, max_length=2000, required=False,
        help_text="有效投标不足 3 份时必填",
    )  # fmt: skip


class ReopenForm(forms.Form):
    """撤回汇总."""

    ground = forms.ChoiceField(label="情形", choices=list(REOPEN_GROUNDS.items()))
    text = forms.LongTextField(label="说明", rows=3, max_length=2000)


class SignForm(forms.Form):
    """签署评标报告."""

    dissent = forms.LongTextField(
        label="不同意见", rows=4, max_length=2000, required=False, help_text="没有不同意见的不填"
    )


class ReplyForm(forms.Form):
    """投标人答复."""

    text = forms.LongTextField(label="答复", rows=6, max_length=2000)


class ConfirmForm(forms.Form):
    """确认算术修正."""

    accepts = forms.ChoiceField(
        label="是否接受", choices=[("yes", "接受修正"), ("no", "不接受（投标将被否决）")]
    )


class ReadForm(forms.Form):
    """调阅名单."""

    reason = forms.TextField(label="调阅理由")
    case = forms.TextField(label="案件或者事项编号", max_length=60)


def grounds_of(values: list[str]) -> tuple[Ground, ...]:
    """The ticked grounds, in the order of the law."""
    return tuple(ground for ground in Ground if ground.value in values)
