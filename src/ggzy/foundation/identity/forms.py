"""登录表单."""

from django import forms

from ggzy.foundation.ui.forms import Form


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
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class MembershipForm(Form):
    """切换任职身份."""

    membership = forms.IntegerField(min_value=1)
