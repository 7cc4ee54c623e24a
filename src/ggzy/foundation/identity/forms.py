"""登录表单."""

from typing import Any

from django import forms

from ggzy.foundation.ui.forms import Form, TextField


def _password(kind: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": kind})


class SignInForm(Form):
    """登录."""

    login = forms.CharField(
        label="登录名",
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="口令",
        max_length=1000,
        strip=False,
        widget=_password("current-password"),
    )


class MembershipForm(Form):
    """切换任职身份."""

    membership = forms.IntegerField(min_value=1)


class PasswordForm(Form):
    """更改口令."""

    current = forms.CharField(
        label="现在的口令", max_length=1000, strip=False, widget=_password("current-password")
    )
    new = forms.CharField(
        label="新口令",
        max_length=1000,
        strip=False,
        help_text="不少于 15 个字符，可以是一句容易记的话；不要求数字和符号，也不会过期。",
        widget=_password("new-password"),
    )
    again = forms.CharField(
        label="再输入一次", max_length=1000, strip=False, widget=_password("new-password")
    )

    def clean(self) -> dict[str, Any]:
        """Typed twice the same, because nobody sees it."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新口令不一致")
        return data


class KeyForm(Form):
    """领取演示证书."""

    password = forms.CharField(
        label="密钥文件口令",
        max_length=1000,
        strip=False,
        help_text="不少于 15 个字符。用它打开密钥文件；平台不保存这个口令。",
        widget=_password("new-password"),
    )


class RevokeForm(Form):
    """停用证书."""

    reason = TextField(label="停用原因", max_length=200)
