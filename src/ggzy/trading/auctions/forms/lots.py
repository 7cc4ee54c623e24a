"""摇号随机数的表单."""

from ggzy.foundation.ui import forms


class CommitForm(forms.Form):
    """提交承诺."""

    value = forms.HashesField(label="承诺值", count=1)


class RevealForm(forms.Form):
    """公开随机数."""

    value = forms.HashesField(label="随机数", count=1)
