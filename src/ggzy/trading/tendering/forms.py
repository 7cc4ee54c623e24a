"""招标采购的表单."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.core import signing

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import CreditCode
from ggzy.trading.projects.values import LotFacts, Payment
from ggzy.trading.tendering.values import Cause, DocumentFile, PartSecret, Price, TenderTerms

DOCUMENT_BYTES_MAX = 200 * 1024 * 1024
PLAINTEXT_BYTES_MAX = 2 * 1024**3
DOCUMENT_ENDINGS = (".pdf", ".ofd", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".txt", ".dwg", ".xml")
CARRIED = "tendering.documents"
SECRET_CHARACTERS_MAX = 4_000
DOCUMENT_FIELDS = ("documents", "bill", "drawings")


class NumberField(django_forms.IntegerField):
    """整数, typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请填写本项", "invalid": "请填写整数"})
        kwargs["widget"] = django_forms.TextInput(attrs={"inputmode": "numeric", "class": "field-code"})
        super().__init__(**kwargs)


class CustodyForm(forms.Form):
    """指定保管人."""

    k = forms.ChoiceField(
        label="几位保管人同时到场方可解密",
        choices=[(str(k), f"{k} 位") for k in range(2, 6)],
        help_text="少于这个人数，任何人都打不开投标文件。",
    )
    holders = forms.TicksField(label="保管人", choices=[])

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holders"]
        assert isinstance(field, django_forms.MultipleChoiceField)
        field.choices = list(people)


class DocumentsForm(forms.Form):
    """招标文件的上传: up to three files at a time; what has arrived is carried from page to page."""

    documents = forms.FileField(
        label="招标文件正文", cap=DOCUMENT_BYTES_MAX, endings=DOCUMENT_ENDINGS, required=False
    )
    bill = forms.FileField(
        label="工程量清单", cap=DOCUMENT_BYTES_MAX, endings=DOCUMENT_ENDINGS, required=False
    )
    drawings = forms.FileField(label="图纸", cap=DOCUMENT_BYTES_MAX, endings=DOCUMENT_ENDINGS, required=False)
    carried = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def clean_carried(self) -> tuple[DocumentFile, ...]:
        """Only what the platform itself handed out comes back."""
        try:
            rows = signing.loads(self.cleaned_data["carried"], salt=CARRIED)
        except signing.BadSignature:
            return ()
        return tuple(DocumentFile(*row) for row in rows)


def carried(files: Sequence[DocumentFile]) -> str:
    """已到达的招标文件, as a hidden field."""
    rows = [[file.name, file.digest, file.bytes, file.media_type] for file in files]
    return signing.dumps(rows, salt=CARRIED)


SALE_FIELDS = ("floor", "first", "first_days", "all_days")


class AnnounceForm(DocumentsForm):
    """招标公告. The ceiling is asked in the form the lot's prices have."""

    sale_start = forms.InstantField(label="招标文件获取开始时间")
    sale_end = forms.InstantField(label="招标文件获取截止时间", help_text="发售期不少于 5 日。")
    deadline = forms.InstantField(
        label="投标截止时间（开标时间）", help_text="须为工作日，且给投标人留足法定时间。"
    )
    venue = forms.TextField(label="开标地点")
    deposit = forms.AmountField(label="投标保证金", help_text="不超过估算价的 2%。不收取的填 0。")
    deposit_by_credit = forms.TickField(
        label="保证金按投标人的信用等级核定",
        required=False,
        help_text="守信的减收，失信的加收至法定上限；在公告中写明，办理时核定。",
    )
    validity_days = NumberField(label="投标有效期（日）", min_value=1, help_text="自投标截止之日起计算。")
    ceiling = forms.AmountField(label="最高投标限价", required=False)
    floor = forms.AmountField(label="起始价", help_text="低于起始价的投标无效。")
    first = forms.RateField(label="首期付款占总价的比例", initial="50%")
    first_days = NumberField(
        label="首期付款期限（日）", min_value=1, initial=30, help_text="自合同签订之日起。"
    )
    all_days = NumberField(
        label="全部付清期限（日）", min_value=1, initial=60, help_text="自合同签订之日起。"
    )
    base_price = forms.TextField(
        label="标底承诺",
        required=False,
        help_text="设标底的，填写由金额和口令算出的承诺值（sha256:…）；开标唱标时公布金额和口令。",
    )
    qualification = forms.LongTextField(label="投标人资格要求", max_length=5_000)
    consortium = forms.ChoiceField(label="联合体投标", choices=[("yes", "接受"), ("no", "不接受")])
    contact = forms.TextField(label="联系人及联系方式")
    bidder_minutes = NumberField(label="投标人解密时间（分钟）", min_value=10, max_value=240)
    custodian_minutes = NumberField(label="保管人释放份额时间（分钟）", min_value=10, max_value=240)
    remedy = forms.ChoiceField(
        label="解密失败的补救方案",
        choices=[("plaintext-match", "提交与密文承诺一致的明文"), ("none", "不设补救方案")],
    )
    invitees = forms.LongTextField(
        label="受邀单位", required=False, rows=4, help_text="每行一个统一社会信用代码，开标前保密。"
    )

    def __init__(self, lot: LotFacts, is_public: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lot = lot
        if lot.price_form == "rate":
            self.fields["ceiling"] = forms.RateField(label="最高投标限价（费率）", required=False)
        if lot.price_form == "text":
            self.fields["ceiling"] = forms.TextField(label="最高投标限价（文字）", required=False)
        if is_public:
            del self.fields["invitees"]
        self._trade(lot)

    def _trade(self, lot: LotFacts) -> None:
        """What a sale asks in place of a purchase, and the other way round."""
        for name in ("ceiling",) if lot.is_sold else SALE_FIELDS:
            del self.fields[name]
        if lot.is_sold:
            self.fields["base_price"].label = "底价承诺"
            self.fields[
                "base_price"
            ].help_text = (
                "设底价的，填写由金额和口令算出的承诺值（sha256:…）；开标时公布，低于底价的投标无效。"
            )
            self.fields["deposit"].help_text = "中标人的保证金签约后转作价款。"

    def clean_invitees(self) -> tuple[CreditCode, ...]:
        """One code a line; every wrong one is named."""
        return _codes(str(self.cleaned_data["invitees"]))

    def terms(self, documents: tuple[DocumentFile, ...]) -> TenderTerms:
        """招标条件, from cleaned values."""
        data = self.cleaned_data
        return TenderTerms(
            sale_start=data["sale_start"],
            sale_end=data["sale_end"],
            deadline=data["deadline"],
            venue=data["venue"].strip(),
            documents=documents,
            deposit=data["deposit"],
            deposit_by_credit=data["deposit_by_credit"],
            validity_days=data["validity_days"],
            ceiling=self._ceiling(),
            floor=self._floor(),
            payment=self._payment(),
            base_price=data["base_price"].strip() or None,
            bidder_window_s=data["bidder_minutes"] * 60,
            custodian_window_s=data["custodian_minutes"] * 60,
            remedy=data["remedy"],
            qualification=data["qualification"].strip(),
            is_consortium_allowed=data["consortium"] == "yes",
            contact=data["contact"].strip(),
        )

    def _floor(self) -> Price | None:
        value = self.cleaned_data.get("floor")
        return Price("amount", amount=value, text=f"{value.figures()} 元") if value else None

    def _payment(self) -> Payment | None:
        data = self.cleaned_data
        if not self.lot.is_sold:
            return None
        return Payment(first=data["first"], first_days=data["first_days"], all_days=data["all_days"])

    def _ceiling(self) -> Price | None:
        value = self.cleaned_data.get("ceiling")
        if not value:
            return None
        if self.lot.price_form == "amount":
            return Price("amount", amount=value, text=f"{value.figures()} 元")
        if self.lot.price_form == "rate":
            return Price("rate", rate=value, text=value.percent_text())
        return Price("text", text=str(value).strip())


class ClarifyForm(DocumentsForm):
    """澄清、修改."""

    text = forms.LongTextField(label="澄清或修改的内容")
    is_material = forms.ChoiceField(
        label="是否可能影响投标文件编制",
        choices=[("yes", "可能影响（距截止不足 15 日的，截止时间顺延）"), ("no", "不影响（如更正错字）")],
    )
    classification = forms.LongTextField(label="判断的理由", rows=2, max_length=1_000)
    answers = forms.TicksField(label="待答复的疑问（勾选本次答复的）", choices=[], required=False)

    def __init__(self, questions: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answers"]
        assert isinstance(field, django_forms.MultipleChoiceField)
        field.choices = list(questions)
        self.order_fields(["answers", "text"])  # what was asked is read before it is answered
        if not questions:
            del self.fields["answers"]


class ExtendForm(forms.Form):
    """延期."""

    deadline = forms.InstantField(label="新的投标截止时间（开标时间）")
    reason = forms.LongTextField(label="延期的原因", rows=3, max_length=1_000)


class ReasonForm(forms.Form):
    """一件事和它的理由."""

    reason = forms.LongTextField(label="原因", rows=3, max_length=1_000)


class ConfirmForm(forms.Form):
    """只有一个按钮的表单."""


class AskForm(forms.Form):
    """提出疑问."""

    text = forms.LongTextField(
        label="疑问", max_length=5_000, help_text="招标人看不到由谁提出；答复会发给所有人。"
    )


class UploadForm(forms.Form):
    """上传加密的投标文件."""

    package = forms.FileField(
        label="加密的投标文件（.sbe）", cap=2 * 1024**3, endings=(".sbe",), help_text="未加密的文件不予接收。"
    )


class SubmitForm(forms.Form):
    """递交投标文件."""

    package = django_forms.CharField(widget=django_forms.HiddenInput, max_length=80)
    members = forms.LongTextField(
        label="联合体成员",
        required=False,
        rows=2,
        max_length=2_000,
        help_text="联合体投标的，每行一个成员的统一社会信用代码；牵头人即本单位，不用填写。",
    )
    name = forms.TextField(label="联合体名称", required=False, max_length=2_000)

    def clean_members(self) -> tuple[CreditCode, ...]:
        """One code a line; every wrong one is named."""
        return _codes(str(self.cleaned_data["members"]))


def _codes(text: str) -> tuple[CreditCode, ...]:
    found, mistakes = [], []
    for word in text.split():
        try:
            found.append(CreditCode.parse(word))
        except ValueError as mistake:
            mistakes.append(f"{word[:40]}：{mistake}")
    if mistakes:
        raise django_forms.ValidationError(mistakes)
    return tuple(found)


class KeyForm(forms.Form):
    """投标人解密: what the unlocking script fills in, or the tool's own line."""

    secrets = forms.LongTextField(
        label="解密密钥",
        rows=3,
        max_length=SECRET_CHARACTERS_MAX,
        help_text="由上方的页面填入，或粘贴离线工具给出的一行文字。",
    )

    def clean_secrets(self) -> tuple[PartSecret, ...]:
        """{"price": "<base64url>"} as secrets."""
        try:
            rows = json.loads(self.cleaned_data["secrets"])
            return tuple(PartSecret(str(part), _bytes(text)) for part, text in rows.items())
        except (ValueError, AttributeError, TypeError) as mistake:
            raise django_forms.ValidationError("这不是解密密钥，请重新填入。") from mistake


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class RemedyForm(forms.Form):
    """明文补救: the payload of each part, exactly as it was sealed."""

    business = forms.FileField(label="商务技术文件的明文分册", cap=PLAINTEXT_BYTES_MAX)
    price = forms.FileField(label="报价文件的明文分册", cap=PLAINTEXT_BYTES_MAX)


class WindowForm(forms.Form):
    """延长解密时间."""

    minutes = NumberField(label="延长（分钟）", min_value=1, max_value=1_440)
    reason = forms.LongTextField(label="原因", rows=2, max_length=1_000)


class FailureForm(forms.Form):
    """认定未能解密的原因."""

    bid = django_forms.CharField(widget=django_forms.HiddenInput, max_length=64)
    cause = forms.ChoiceField(label="原因在谁", choices=[(cause.value, cause.label) for cause in Cause])
    reason = forms.LongTextField(label="理由", rows=2, max_length=1_000)


class BasePriceForm(forms.Form):
    """公布标底."""

    amount = forms.AmountField(label="标底")
    salt = forms.TextField(label="口令")


class StatementForm(forms.Form):
    """保管人工具的文件."""

    file = forms.FileField(label="保管人工具生成的文件（.json）", cap=64 * 1024**2, endings=(".json",))
