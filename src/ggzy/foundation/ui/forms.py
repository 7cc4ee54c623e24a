"""表单: fields that parse at the border, so that everything behind a form is already a value."""

import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, RegionCode
from ggzy.kernel.draw import SIZE
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason

BEIJING = timezone(timedelta(hours=8))
REQUIRED = {"required": "请填写本项"}
FILE_CAP = 20 * 1024 * 1024
RADIOS = 6
YEARS = range(1900, 2200)  # a period counted from beyond them would leave the calendar
SECONDS = re.compile(r"(T\d\d:\d\d):\d\d$")  # browsers may add them; a time zone is no minute of Beijing's
FULL_WIDTH = str.maketrans("０１２３４５６７８９－：／．　", "0123456789-:/. ")


def new_request() -> str:
    """请求编号: one per form shown, so that a form sent twice acts once."""
    return secrets.token_hex(16)


class Form(forms.Form):
    """表单: carries the request id; nothing typed is ever cleared."""

    use_required_attribute = False
    request = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.reasons: tuple[Reason, ...] = ()
        self.fields["request"].initial = new_request
        for field in self.fields.values():
            field.error_messages.setdefault("required", REQUIRED["required"])
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = REQUIRED["required"]

    def clean_request(self) -> str:
        """A form without its id is a new request, not a mistake of the person."""
        return str(self.cleaned_data["request"] or new_request())

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Shows the reasons of a refused command on top; the fields keep what was typed."""
        self.reasons = tuple(reasons)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Every mistake as (id of the field or empty, words), in the order of the page."""
        found = [("", str(reason)) for reason in self.reasons]
        found += [("", str(error)) for error in self.non_field_errors()]
        for bound in self:
            found += [(bound.id_for_label, f"{bound.label}：{error}") for error in bound.errors]
        return found


class _Parsed(forms.CharField):
    """A typed string parsed by its kernel type, which speaks the Chinese of its own mistakes."""

    kind: Any = str
    mode = "text"
    shape = "field-code"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("error_messages", REQUIRED)
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": self.shape, "inputmode": self.mode, "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self.kind.parse(text)
        except ValueError as mistake:
            raise forms.ValidationError(str(mistake)) from mistake

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


class AmountField(_Parsed):
    """金额: takes 198万, 1,980,000, 1980000 or 壹佰玖拾捌万元整; echoes figures and characters."""

    kind = Money
    shape = "field-amount"
    unit = "元"

    def echo(self, value: Any) -> str:
        """What the platform understood, beside the field: `1,980,000.00 元（壹佰玖拾捌万元整）`."""
        try:
            amount = value if isinstance(value, Money) else Money.parse(str(value))
        except ValueError:
            return ""
        return f"{amount.figures()} 元（{amount.characters()}）"

    def prepare_value(self, value: Any) -> Any:
        return value.figures() if isinstance(value, Money) else value


class RateField(_Parsed):
    """费率: takes 20.5% or 0.205."""

    kind = Rate
    shape = "field-amount"

    def echo(self, value: Any) -> str:
        """What the platform understood, as a percentage."""
        try:
            return (value if isinstance(value, Rate) else Rate.parse(str(value))).percent_text()
        except ValueError:
            return ""

    def prepare_value(self, value: Any) -> Any:
        return value.percent_text() if isinstance(value, Rate) else value


class CreditCodeField(_Parsed):
    """统一社会信用代码: spaces and lower case accepted, check digit checked."""

    kind = CreditCode


class LotCodeField(_Parsed):
    """统一交易标识码."""

    kind = LotCode


class ExpertCodeField(_Parsed):
    """评标专家编号."""

    kind = ExpertCode


class RegionCodeField(_Parsed):
    """行政区划代码: six digits."""

    kind = RegionCode


class InstantField(forms.Field):
    """时间 in Beijing time, to the minute: typed in any usual form or picked."""

    FORMS: tuple[str, ...] = (
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%Y年%m月%d日 %H:%M",
        "%Y年%m月%d日%H:%M",
    )
    END = "24:00"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", REQUIRED)
        kwargs.setdefault("help_text", "如 2026-03-26 09:30，北京时间")
        super().__init__(**kwargs)
        # A field of the browser's own would speak the browser's language and write the month first.
        self.widget = forms.TextInput(
            attrs={"class": "field-instant", "data-pick": "datetime-local", "autocomplete": "off"}
        )

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        text = str(value or "").translate(FULL_WIDTH).strip()
        if not text:
            return None
        past = timedelta(days=1) if text.endswith(self.END) else timedelta()
        text = text.removesuffix(self.END) + "00:00" if past else text
        for shape in self.FORMS:
            try:
                found = datetime.strptime(SECONDS.sub(r"\1", text), shape).replace(tzinfo=BEIJING)
            except ValueError:
                continue
            if found.year in YEARS:
                return found + past
        raise forms.ValidationError("时间请写成 2026-03-26 09:30 的样子（北京时间）。")

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            local = value.astimezone(BEIJING)
            if (local.hour, local.minute) == (0, 0):
                return f"{local - timedelta(days=1):%Y-%m-%d} {self.END}"
            return f"{local:%Y-%m-%d %H:%M}"
        return value


class DayField(forms.Field):
    """日期: typed in any usual form or picked."""

    FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", REQUIRED)
        kwargs.setdefault("help_text", "如 2026-03-26")
        super().__init__(**kwargs)
        self.widget = forms.TextInput(
            attrs={"class": "field-instant", "data-pick": "date", "autocomplete": "off"}
        )

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = str(value or "").translate(FULL_WIDTH).strip()
        if not text:
            return None
        for shape in self.FORMS:
            try:
                found = datetime.strptime(text, shape).replace(tzinfo=BEIJING).date()
            except ValueError:
                continue
            if found.year in YEARS:
                return found
        raise forms.ValidationError("日期请写成 2026-03-26 的样子。")

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class TextField(forms.CharField):
    """单行文字."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", REQUIRED)
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)


class LongTextField(forms.CharField):
    """长文字: several lines, the cap in characters is said when it is passed."""

    def __init__(self, *, max_length: int = 20_000, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", REQUIRED)
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.widget.attrs.pop("maxlength", None)


class HashesField(LongTextField):
    """若干个 32 字节的值, one per line, in hex."""

    def __init__(self, *, count: int, **kwargs: Any) -> None:
        super().__init__(rows=min(count, 6), max_length=4000, **kwargs)
        self.count = count

    def to_python(self, value: Any) -> Any:
        """A tuple of bytes."""
        try:
            found = tuple(bytes.fromhex(line) for line in str(value or "").split())
        except ValueError:
            found = ()
        if len(found) != self.count or any(len(item) != SIZE for item in found):
            raise forms.ValidationError(f"应为 {self.count} 行，每行 64 位十六进制数")
        return found

    def run_validators(self, value: Any) -> None:
        """Parsing was the validation."""


class FileField(forms.FileField):
    """文件: never empty, never above `cap` bytes, and only of the endings named."""

    def __init__(self, *, cap: int = FILE_CAP, endings: tuple[str, ...] = (), **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages",
            {**REQUIRED, "empty": "文件是空的，请重新选择。", "invalid": "没有收到文件，请重新选择。"},
        )
        super().__init__(**kwargs)
        self.cap, self.endings = cap, endings
        self.widget = forms.FileInput(attrs={"accept": ",".join(endings)} if endings else {})

    def clean(self, data: Any, initial: Any = None) -> Any:
        got = super().clean(data, initial)
        if isinstance(got, UploadedFile):
            if (got.size or 0) > self.cap:
                found, cap = (got.size or 0) / 1048576, self.cap // 1048576
                raise forms.ValidationError(f"文件有 {found:.1f} MB，超过上限 {cap} MB。请压缩或拆分后再选。")
            if self.endings and not str(got.name).lower().endswith(self.endings):
                raise forms.ValidationError(f"只接受 {'、'.join(self.endings)} 文件。")
        return got


class ChoiceField(forms.ChoiceField):
    """单选: few choices as radio buttons, more as a list."""

    def __init__(self, *, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        listed = list(choices)
        kwargs.setdefault(
            "error_messages", {"required": "请选择一项", "invalid_choice": "请在所列各项中选择"}
        )
        if len(listed) <= RADIOS and kwargs.get("required", True):
            listed = [choice for choice in listed if choice[0] != ""]  # “请选择” is no radio button
        kwargs.setdefault("widget", forms.RadioSelect if len(listed) <= RADIOS else forms.Select)
        super().__init__(choices=listed, **kwargs)


class TickField(forms.BooleanField):
    """勾选: one statement the person makes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请勾选本项后再继续"})
        super().__init__(**kwargs)


class TicksField(forms.MultipleChoiceField):
    """多选."""

    def __init__(self, *, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"required": "请至少选择一项", "invalid_choice": "请在所列各项中选择"}
        )
        super().__init__(choices=list(choices), widget=forms.CheckboxSelectMultiple, **kwargs)


def whole_number(text: object, default: int, low: int, high: int) -> int:
    """页码等: a whole number of the address within bounds; anything else is the default."""
    digits = str(text or "")
    return min(max(int(digits), low), high) if digits.isdecimal() and len(digits) < 8 else default
