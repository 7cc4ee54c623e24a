"""公告的表单: a notice written by hand."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from ggzy.foundation.ui import forms
from ggzy.kernel.codes import LotCode
from ggzy.trading.notices.values import KINDS, Attachment, Block, KeyFact, NoticeDraft, NoticeFacts

LINES_MAX = 20_000
BODY_MAX = 200_000
FILE_CAP = 20 * 1024 * 1024


class DraftForm(forms.Form):
    """公告稿: a kind, what it amends, lines of facts, a text, a file."""

    kind = forms.ChoiceField(
        label="公告种类", choices=[(kind.code, kind.name) for kind in KINDS.values() if kind.by_hand]
    )
    amends = forms.ChoiceField(label="更正哪一份公告", choices=(), required=False)
    title = forms.TextField(label="标题", max_length=1000)
    facts = forms.LongTextField(
        label="关键信息",
        rows=6,
        max_length=LINES_MAX,
        help_text="每行一项，写成“事项：内容”，如“更正事项：联系人”。项目名称、编号、招标人由平台自动写入",
    )
    body = forms.LongTextField(label="正文", rows=10, max_length=BODY_MAX, required=False)
    file = forms.FileField(
        label="附件",
        required=False,
        cap=FILE_CAP,
        endings=(".pdf", ".docx", ".xlsx", ".zip"),
        help_text="一个文件，不超过 20 MB",
    )

    def __init__(self, *args: Any, published: tuple[NoticeFacts, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = [one for one in published if one.amended_by is None]
        choices = [("", "不更正其他公告"), *((one.id, f"{one.kind_name}：{one.title}") for one in latest)]
        self.fields["amends"] = forms.ChoiceField(label="更正哪一份公告", choices=choices, required=False)
        self.order_fields(["kind", "amends", "title", "facts", "body", "file"])

    def clean_facts(self) -> tuple[KeyFact, ...]:
        """Every line an item and its words; every other line is named."""
        facts, mistakes = [], []
        for number, line in enumerate(str(self.cleaned_data["facts"]).splitlines(), start=1):
            if not line.strip():
                continue
            parts = re.split(r"[：:]", line, maxsplit=1)
            if len(parts) == 2 and all(part.strip() for part in parts):
                facts.append(KeyFact(parts[0].strip(), parts[1].strip()))
            else:
                mistakes.append(f"第{number}行应写成“事项：内容”")
        if mistakes:
            raise ValidationError(mistakes)
        return tuple(facts)


def draft(lot: LotCode, round: int, data: dict[str, Any], files: tuple[Attachment, ...]) -> NoticeDraft:
    """公告稿 from cleaned values."""
    body = (Block("公告内容", data["body"]),) if data["body"] else ()
    return NoticeDraft(
        lot=lot,
        round=round,
        kind=data["kind"],
        title=data["title"],
        facts=data["facts"],
        body=body,
        attachments=files,
        amends=data["amends"] or None,
    )
