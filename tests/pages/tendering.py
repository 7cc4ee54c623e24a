"""招标页面的共用词: where a page is, and what it says."""


def address(hall, verb):
    return f"/desk/lots/{hall.code}/{verb}/"


def text(answer):
    return answer.content.decode()
