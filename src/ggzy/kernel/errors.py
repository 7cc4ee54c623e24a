"""错误: what ends a request besides a refusal: nothing there, not allowed, or in the way.

A refusal (`verdict.Refused`) says that the rules say no. These three say that the question itself
could not be put. There is no fourth.
"""


class Missing(Exception):
    """不存在: there is no such thing, or this person may not know that there is."""

    def __init__(self, message: str = "没有找到您要的内容，可能已不存在或您无权查看") -> None:
        super().__init__(message)
        self.message = message


class Forbidden(Exception):
    """无权限: the role does not carry this permission."""

    def __init__(self, message: str = "您当前的身份没有办理此事项的权限") -> None:
        super().__init__(message)
        self.message = message


class Conflict(Exception):
    """冲突: the thing is no longer in the state the person saw."""

    def __init__(self, message: str = "数据已被更新，请刷新页面后再办理") -> None:
        super().__init__(message)
        self.message = message
