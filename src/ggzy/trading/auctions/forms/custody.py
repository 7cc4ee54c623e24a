"""报价密钥保管的表单."""

from collections.abc import Sequence
from typing import Any

from ggzy.foundation.ui import forms


class CustodyForm(forms.Form):
    """指定报价密钥保管人."""

    k = forms.ChoiceField(
        label="几位保管人同时到场方可开启",
        choices=[(str(k), f"{k} 位") for k in range(2, 6)],
        help_text="少于这个人数，任何人都打不开密封的报价。",
    )
    holders = forms.TicksField(label="保管人", choices=[])

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holders"] = forms.TicksField(label="保管人", choices=list(people))


class StatementForm(forms.Form):
    """保管人工具的文件."""

    file = forms.FileField(label="保管人工具生成的文件（.json）", cap=64 * 1024**2, endings=(".json",))
