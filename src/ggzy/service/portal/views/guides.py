"""办事指南、帮助、无障碍声明."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request


@dataclass(frozen=True)
class Guide:
    """办事指南: who, what to have at hand, the steps, how long, which law."""

    slug: str
    title: str
    who: str
    summary: str
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    time: str
    basis: str


GUIDES = (
    Guide(
        "bid",
        "怎样投标",
        "投标人",
        "从看到公告到拿到回执。",
        ("单位的数字证书", "从基本账户转出的投标保证金", "用投标工具加密好的投标文件"),
        (
            "在交易公开里找到公告，进入标段页，核对投标截止时间和资格条件。",
            "登录后下载招标文件；有疑问的，在规定时间前提出。",
            "从基本账户转入本标段的保证金账户，到账后标段页显示“已到账”。",
            "在浏览器里或用命令行工具加密投标文件，加密后的文件只有您的证书和开标密钥一起才能打开。",
            "上传后点击“递交投标文件”，立即得到带编号的回执。截止时间前可以替换或撤回。",
            "开标时用您的证书解密，核对开标记录。",
        ),
        "递交在几秒内完成；以平台服务器时间为准，到达平台的时间早于截止时间方为有效。",
        "招标投标法 第二十八条、第二十九条；电子招标投标办法 第二十六条至第二十八条",
    ),
    Guide(
        "tender",
        "怎样组织一次招标",
        "招标人、招标代理机构",
        "从入场登记到归档。",
        ("项目批准文件", "资金来源", "招标文件", "开标密钥保管人名单"),
        (
            "登记项目和标段，平台立即给出是否必须进场、可用的方式和限额。",
            "编制方案，平台从工作日历推算每个法定日期，不合法的日期会给出最早的合法日期。",
            "核对后发布招标公告；发布后只能更正，不能修改。",
            "在截止前答复疑问，修改招标文件时平台判断是否必须顺延截止时间。",
            "开标、抽取专家、评标、公示中标候选人、定标、发出中标通知书。",
            "三十日内签订合同，登记履约，最后归档。",
        ),
        "自招标文件发出至投标截止不少于二十日；公示不少于三日；中标通知书发出后三十日内签订合同。",
        "招标投标法 第二十四条、第四十六条；实施条例 第五十四条",
    ),
    Guide(
        "objection",
        "怎样提出异议和投诉",
        "投标人、其他利害关系人",
        "先异议，后投诉；各有期限。",
        ("单位证书", "事实和理由"),
        (
            "对招标文件：投标截止时间十日前提出。",
            "对开标：在开标现场提出，当场答复。",
            "对评标结果：公示期内提出。",
            "招标人三日内答复，答复前暂停招标投标活动。",
            "不满意答复的，十日内向行政监督部门投诉。",
        ),
        "招标人应当自收到异议之日起三日内答复。",
        "实施条例 第二十二条、第四十四条、第五十四条、第六十条",
    ),
    Guide(
        "verify",
        "怎样核验一份回执",
        "任何人",
        "不需要登录，也不需要相信我们。",
        ("回执编号，或文件本身",),
        (
            "在核验页输入回执编号、标段编号、日志高度或文件摘要；也可以选一个文件，摘要在您的浏览器里计算。",
            "页面给出收到时间、日志高度、链值和签名的存证头。",
            "需要独立核验的，导出标段案卷，用随案卷的核验程序离线检查。",
        ),
        "回执立即可用；数秒后附上存证证明。",
        "电子招标投标办法 第二十七条；电子签名法 第五条",
    ),
    Guide(
        "expert",
        "评标专家怎样参加评标",
        "评标专家",
        "从收到邀请到签署报告。",
        ("本人数字证书",),
        (
            "收到邀请后，在待办里选择接受或说明不能参加的原因。",
            "到场签到，核对回避事项。",
            "先作初步评审，再按评分表打分；合计由平台计算。",
            "签署评标报告；不同意见写明理由后一并签署。",
        ),
        "邀请中写明时间和地点；评标当日完成。",
        "招标投标法 第三十七条、第四十条",
    ),
)


@require_safe
def index(request: Request) -> HttpResponse:
    """帮助: one page per question."""
    return pages.show(request, "portal/help.html", {"guides": GUIDES})


@require_safe
def guide(request: Request, guide: str) -> HttpResponse:
    """一份办事指南."""
    found = next((item for item in GUIDES if item.slug == guide), None)
    if found is None:
        raise Http404
    return pages.show(request, "portal/guide.html", {"guide": found, "guides": GUIDES})


@require_safe
def accessibility(request: Request) -> HttpResponse:
    """无障碍声明: what works, what does not yet, and whom to tell."""
    return pages.show(request, "portal/accessibility.html")
