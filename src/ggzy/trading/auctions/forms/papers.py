"""文件的上传: what has arrived is carried from page to page, signed by the platform."""

from collections.abc import Sequence

from django import forms as django_forms
from django.core import signing

from ggzy.foundation.ui import forms
from ggzy.trading.auctions.values import Document

DOCUMENT_BYTES_MAX = 200 * 1024 * 1024
ENDINGS = (".pdf", ".ofd", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".txt", ".dwg", ".xml", ".jpg", ".png")
CARRIED = "auctions.documents"


class CarriedForm(forms.Form):
    """带着文件的表单."""

    carried = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def clean_carried(self) -> tuple[Document, ...]:
        """Only what the platform itself handed out comes back."""
        try:
            rows = signing.loads(self.cleaned_data["carried"], salt=CARRIED)
        except signing.BadSignature:
            return ()
        return tuple(Document(*row) for row in rows)


def carried(files: Sequence[Document]) -> str:
    """已到达的文件, as a hidden field."""
    return signing.dumps(
        [[file.name, file.digest, file.bytes, file.material] for file in files], salt=CARRIED
    )


def paper(label: str, *, required: bool = False, help_text: str = "") -> forms.FileField:
    """一份文件."""
    return forms.FileField(
        label=label, cap=DOCUMENT_BYTES_MAX, endings=ENDINGS, required=required, help_text=help_text
    )
