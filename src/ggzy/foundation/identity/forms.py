"""登录表单."""

from typing import Any

from django import forms

from ggzy.foundation.ui.forms import Form, TextField

LOGIN = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def _password(kind: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": kind})


class SignInForm(Form):
    """登录."""

    login = forms.CharField(
        label="登录名",
        max_length=100,
        widget=forms.TextInput(attrs=LOGIN),
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


class NewPasswordForm(Form):
    """新口令, typed twice the same, because nobody sees it."""

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
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新口令不一致")
        return data


class PasswordForm(NewPasswordForm):
    """更改口令."""

    current = forms.CharField(
        label="现在的口令", max_length=1000, strip=False, widget=_password("current-password")
    )
    field_order = ("current", "new", "again")


class OnceForm(NewPasswordForm):
    """凭一次性口令设置口令."""

    login = forms.CharField(label="登录名", max_length=100, widget=forms.TextInput(attrs=LOGIN))
    once = TextField(
        label="一次性口令", max_length=40, help_text="服务台发给您的 20 位字母数字，大小写和短横线不限"
    )
    field_order = ("login", "once", "new", "again")


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
