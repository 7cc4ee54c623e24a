"""角色与权限: who may do what, the whole matrix on one page.

A person acts in one role at a time, for one organisation, in one region. A permission opens a kind of
act; whether it opens it for this very lot is answered by the app's `access` and `rules`. There is no
permission to approve: the platform registers.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """角色."""

    OWNER = "owner"  # 招标人
    AGENCY = "agency"  # 招标代理机构
    BIDDER = "bidder"  # 投标人
    EXPERT = "expert"  # 评标专家
    OPERATOR = "operator"  # 交易中心工作人员: serves, does not supervise
    SUPERVISOR = "supervisor"  # 行政监督部门
    INSPECTOR = "inspector"  # 纪检监察: watches the supervisors
    AUDITOR = "auditor"  # 审计: reads everything, changes nothing
    CUSTODIAN = "custodian"  # 开标密钥保管人: holds one share of k of n
    SYSTEM = "system"  # 平台: the clock

    @property
    def label(self) -> str:
        """The Chinese name."""
        return ROLE_NAMES[self]


ROLE_NAMES: Mapping[Role, str] = {
    Role.OWNER: "招标人",
    Role.AGENCY: "招标代理机构",
    Role.BIDDER: "投标人",
    Role.EXPERT: "评标专家",
    Role.OPERATOR: "交易中心工作人员",
    Role.SUPERVISOR: "行政监督部门",
    Role.INSPECTOR: "纪检监察",
    Role.AUDITOR: "审计",
    Role.CUSTODIAN: "开标密钥保管人",
    Role.SYSTEM: "平台",
}


class Permission(StrEnum):
    """权限: a kind of act. The Chinese names stand in `PERMISSION_NAMES`."""

    PARTY_REGISTER = "party.register"
    PARTY_CHANGE = "party.change"
    CREDIT_RECORD = "credit.record"
    CREDIT_BAN = "credit.ban"
    CREDIT_APPEAL = "credit.appeal"
    EXPERT_REGISTER = "expert.register"
    PERSON_REGISTER = "person.register"
    MEMBERSHIP_GRANT = "membership.grant"
    CERTIFICATE_BIND = "certificate.bind"
    DOCUMENT_UPLOAD = "document.upload"
    PROJECT_REGISTER = "project.register"
    LOT_REGISTER = "lot.register"
    LOT_SUSPEND = "lot.suspend"
    LOT_RESUME = "lot.resume"
    LOT_TERMINATE = "lot.terminate"
    NOTICE_PUBLISH = "notice.publish"
    TENDER_PREPARE = "tender.prepare"
    TENDER_ANNOUNCE = "tender.announce"
    TENDER_CLARIFY = "tender.clarify"
    TENDER_CLOSE = "tender.close"
    TENDER_RETENDER = "tender.retender"
    DEPOSIT_REQUIRE = "deposit.require"
    DEPOSIT_SECURE = "deposit.secure"
    DEPOSIT_RECEIVE = "deposit.receive"
    DEPOSIT_RELEASE = "deposit.release"
    DEPOSIT_FORFEIT = "deposit.forfeit"
    DEPOSIT_READ = "deposit.read"
    OBJECTION_RAISE = "objection.raise"
    OBJECTION_ANSWER = "objection.answer"
    BID_SUBMIT = "bid.submit"
    BID_WITHDRAW = "bid.withdraw"
    BID_EXPLAIN = "bid.explain"
    KEY_POST = "key.post"
    KEY_RELEASE = "key.release"
    SHARE_RELEASE = "share.release"
    OPENING_CONDUCT = "opening.conduct"
    AUCTION_ANNOUNCE = "auction.announce"
    AUCTION_CONDUCT = "auction.conduct"
    AUCTION_SETTLE = "auction.settle"
    APPLICATION_FILE = "application.file"
    APPLICATION_DECIDE = "application.decide"
    SALE_SIGN = "sale.sign"
    SALE_DEFAULT = "sale.default"
    DRAW_REQUEST = "draw.request"
    DRAW_COMMIT = "draw.commit"
    DRAW_CONDUCT = "draw.conduct"
    MEMBER_ANSWER = "member.answer"
    REVIEW_WRITE = "review.write"
    SCORES_SUBMIT = "scores.submit"
    EVALUATION_CONCLUDE = "evaluation.conclude"
    REPORT_SIGN = "report.sign"
    COMMITTEE_READ = "committee.read"
    CANDIDATES_PUBLICISE = "candidates.publicise"
    AWARD_MAKE = "award.make"
    AWARD_REFUSE = "award.refuse"
    LETTER_ISSUE = "letter.issue"
    CONTRACT_SIGN = "contract.sign"
    CONTRACT_PERFORM = "contract.perform"
    CONTRACT_COMPLETE = "contract.complete"
    DOSSIER_READ = "dossier.read"
    DOSSIER_EXPORT = "dossier.export"
    DOSSIER_ARCHIVE = "dossier.archive"
    JOURNAL_READ = "journal.read"
    JOURNAL_ERASE = "journal.erase"
    ALERT_READ = "alert.read"
    ALERT_HANDLE = "alert.handle"
    ALERT_EXPLAIN = "alert.explain"
    INDICATOR_TUNE = "indicator.tune"
    CASE_READ = "case.read"
    CASE_HANDLE = "case.handle"
    CASE_ANSWER = "case.answer"
    COMPLAINT_FILE = "complaint.file"
    COMPLAINT_HANDLE = "complaint.handle"
    PETITION_RECORD = "petition.record"
    CHECK_RUN = "check.run"
    CHECK_COMMIT = "check.commit"
    OFFICIAL_CONSENT = "official.consent"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return PERMISSION_NAMES[self]


PERMISSION_NAMES: Mapping[Permission, str] = {
    Permission.PARTY_REGISTER: "主体登记",
    Permission.PARTY_CHANGE: "主体信息变更",
    Permission.CREDIT_RECORD: "记入信用记录",
    Permission.CREDIT_BAN: "市场禁入",
    Permission.CREDIT_APPEAL: "信用信息异议、申辩和修复申请",
    Permission.EXPERT_REGISTER: "专家入库",
    Permission.PERSON_REGISTER: "人员登记",
    Permission.MEMBERSHIP_GRANT: "授予任职身份",
    Permission.CERTIFICATE_BIND: "绑定数字证书",
    Permission.DOCUMENT_UPLOAD: "上传文件",
    Permission.PROJECT_REGISTER: "项目登记",
    Permission.LOT_REGISTER: "入场登记",
    Permission.LOT_SUSPEND: "暂停交易",
    Permission.LOT_RESUME: "恢复交易",
    Permission.LOT_TERMINATE: "终止交易",
    Permission.NOTICE_PUBLISH: "发布公告公示",
    Permission.TENDER_PREPARE: "编制招标方案",
    Permission.TENDER_ANNOUNCE: "发布招标公告",
    Permission.TENDER_CLARIFY: "澄清、修改招标文件",
    Permission.TENDER_CLOSE: "投标截止",
    Permission.TENDER_RETENDER: "重新招标",
    Permission.DEPOSIT_REQUIRE: "设定投标保证金",
    Permission.DEPOSIT_SECURE: "缴纳投标保证金",
    Permission.DEPOSIT_RECEIVE: "登记保证金到账",
    Permission.DEPOSIT_RELEASE: "退还保证金",
    Permission.DEPOSIT_FORFEIT: "不予退还保证金",
    Permission.DEPOSIT_READ: "查阅保证金",
    Permission.OBJECTION_RAISE: "提出异议",
    Permission.OBJECTION_ANSWER: "答复异议",
    Permission.BID_SUBMIT: "递交投标文件",
    Permission.BID_WITHDRAW: "撤回投标文件",
    Permission.BID_EXPLAIN: "澄清、说明投标文件",
    Permission.KEY_POST: "提交开标公钥",
    Permission.KEY_RELEASE: "投标人解密",
    Permission.SHARE_RELEASE: "交出开标密钥份额",
    Permission.OPENING_CONDUCT: "主持开标",
    Permission.AUCTION_ANNOUNCE: "发布出让、转让公告",
    Permission.AUCTION_CONDUCT: "主持竞价",
    Permission.AUCTION_SETTLE: "确定竞价结果",
    Permission.APPLICATION_FILE: "提交竞买申请",
    Permission.APPLICATION_DECIDE: "确认竞买资格",
    Permission.SALE_SIGN: "签署成交确认书",
    Permission.SALE_DEFAULT: "认定竞得人违约",
    Permission.DRAW_REQUEST: "申请抽取专家",
    Permission.DRAW_COMMIT: "提交抽取随机数承诺",
    Permission.DRAW_CONDUCT: "抽取专家",
    Permission.MEMBER_ANSWER: "应答评标邀请",
    Permission.REVIEW_WRITE: "初步评审",
    Permission.SCORES_SUBMIT: "提交评分",
    Permission.EVALUATION_CONCLUDE: "汇总评审结果",
    Permission.REPORT_SIGN: "签署评标报告",
    Permission.COMMITTEE_READ: "调阅评标委员会名单",
    Permission.CANDIDATES_PUBLICISE: "公示中标候选人",
    Permission.AWARD_MAKE: "定标",
    Permission.AWARD_REFUSE: "放弃中标",
    Permission.LETTER_ISSUE: "发出中标通知书",
    Permission.CONTRACT_SIGN: "签订合同",
    Permission.CONTRACT_PERFORM: "登记履约情况",
    Permission.CONTRACT_COMPLETE: "合同验收完结",
    Permission.DOSSIER_READ: "查阅案卷",
    Permission.DOSSIER_EXPORT: "导出案卷",
    Permission.DOSSIER_ARCHIVE: "归档",
    Permission.JOURNAL_READ: "查阅全过程留痕",
    Permission.JOURNAL_ERASE: "依法删除留痕内容",
    Permission.ALERT_READ: "查阅监管预警",
    Permission.ALERT_HANDLE: "办理监管预警",
    Permission.ALERT_EXPLAIN: "就预警作出说明",
    Permission.INDICATOR_TUNE: "调整监管指标参数",
    Permission.CASE_READ: "查阅监督案件",
    Permission.CASE_HANDLE: "办理监督案件",
    Permission.CASE_ANSWER: "陈述、申辩和要求听证",
    Permission.COMPLAINT_FILE: "提起投诉",
    Permission.COMPLAINT_HANDLE: "受理和处理投诉举报",
    Permission.PETITION_RECORD: "登记来电来信",
    Permission.CHECK_RUN: "双随机抽查",
    Permission.CHECK_COMMIT: "提交抽查随机数",
    Permission.OFFICIAL_CONSENT: "同意监督人员登记",
}

_P = Permission
_REGISTRATION = {_P.PARTY_REGISTER, _P.PARTY_CHANGE, _P.DOCUMENT_UPLOAD}
_RUNS_THE_TENDER = _REGISTRATION | {
    _P.PROJECT_REGISTER, _P.LOT_REGISTER, _P.LOT_TERMINATE, _P.NOTICE_PUBLISH,
    _P.TENDER_PREPARE, _P.TENDER_ANNOUNCE, _P.TENDER_CLARIFY, _P.TENDER_RETENDER,
    _P.DEPOSIT_REQUIRE, _P.DEPOSIT_RELEASE, _P.DEPOSIT_FORFEIT, _P.DEPOSIT_READ,
    _P.OBJECTION_ANSWER, _P.OPENING_CONDUCT, _P.DRAW_REQUEST, _P.DRAW_COMMIT,
    _P.CANDIDATES_PUBLICISE, _P.LETTER_ISSUE, _P.DOSSIER_READ, _P.DOSSIER_EXPORT,
    _P.AUCTION_ANNOUNCE, _P.AUCTION_SETTLE, _P.SALE_DEFAULT,
}  # fmt: skip
_SITS_ON_THE_COMMITTEE = {
    _P.MEMBER_ANSWER, _P.REVIEW_WRITE, _P.SCORES_SUBMIT, _P.EVALUATION_CONCLUDE, _P.REPORT_SIGN,
}  # fmt: skip
_CONTRACTS = {_P.CONTRACT_SIGN, _P.CONTRACT_PERFORM}
_IS_HEARD = {_P.CASE_ANSWER, _P.ALERT_EXPLAIN, _P.CREDIT_APPEAL}
_WATCHES_EACH_OTHER = {_P.ALERT_READ, _P.CASE_READ, _P.OFFICIAL_CONSENT}
_READS = {_P.DEPOSIT_READ, _P.DOSSIER_READ, _P.DOSSIER_EXPORT, _P.JOURNAL_READ}

GRANTS: Mapping[Role, frozenset[Permission]] = {
    # The owner decides what the agency may not, and its representative sits on the committee.
    Role.OWNER: frozenset(
        _RUNS_THE_TENDER
        | _SITS_ON_THE_COMMITTEE
        | _CONTRACTS
        | {_P.AWARD_MAKE, _P.CONTRACT_COMPLETE}
        | {_P.SALE_SIGN}
        | _IS_HEARD
    ),
    Role.AGENCY: frozenset(_RUNS_THE_TENDER | _IS_HEARD),
    Role.BIDDER: frozenset(
        _REGISTRATION
        | _CONTRACTS
        | {
            _P.DEPOSIT_SECURE,
            _P.DEPOSIT_READ,
            _P.OBJECTION_RAISE,
            _P.BID_SUBMIT,
            _P.BID_WITHDRAW,
            _P.BID_EXPLAIN,
            _P.DRAW_COMMIT,
            _P.KEY_RELEASE,
        }
        | {_P.AWARD_REFUSE, _P.APPLICATION_FILE, _P.SALE_SIGN}
        | {_P.COMPLAINT_FILE}
        | _IS_HEARD
    ),
    Role.EXPERT: frozenset(_SITS_ON_THE_COMMITTEE),
    Role.OPERATOR: frozenset(
        _REGISTRATION
        | {_P.PERSON_REGISTER, _P.MEMBERSHIP_GRANT, _P.CERTIFICATE_BIND, _P.EXPERT_REGISTER}
        | {_P.DEPOSIT_RECEIVE, _P.DEPOSIT_READ, _P.OPENING_CONDUCT, _P.DRAW_COMMIT, _P.DRAW_CONDUCT}
        | {_P.DOSSIER_READ, _P.DOSSIER_ARCHIVE, _P.JOURNAL_ERASE}
        # Who applies is the owner's to know after the end only, so the centre looks at the papers.
        | {_P.AUCTION_CONDUCT, _P.APPLICATION_DECIDE}
        | {_P.PETITION_RECORD, _P.CHECK_COMMIT}
    ),
    Role.SUPERVISOR: frozenset(
        _READS
        | {_P.COMMITTEE_READ, _P.JOURNAL_ERASE}
        | {_P.LOT_SUSPEND, _P.LOT_RESUME, _P.LOT_TERMINATE, _P.DRAW_COMMIT, _P.CREDIT_RECORD, _P.CREDIT_BAN}
        | {_P.EXPERT_REGISTER, _P.DOCUMENT_UPLOAD}
        | {_P.ALERT_HANDLE, _P.INDICATOR_TUNE}
        | {_P.CASE_HANDLE, _P.COMPLAINT_HANDLE, _P.PETITION_RECORD, _P.CHECK_RUN, _P.CHECK_COMMIT}
        | _WATCHES_EACH_OTHER
    ),
    Role.INSPECTOR: frozenset(_READS | _WATCHES_EACH_OTHER | {_P.COMMITTEE_READ, _P.CHECK_COMMIT}),
    Role.AUDITOR: frozenset(_READS | _WATCHES_EACH_OTHER),
    Role.CUSTODIAN: frozenset({_P.KEY_POST, _P.SHARE_RELEASE}),
    # What falls due falls due: the clock closes, opens, returns and archives. It never decides.
    Role.SYSTEM: frozenset(
        {_P.TENDER_CLOSE, _P.OPENING_CONDUCT, _P.NOTICE_PUBLISH}
        | {_P.DEPOSIT_RECEIVE, _P.DEPOSIT_RELEASE, _P.DEPOSIT_FORFEIT}
        | {_P.MEMBER_ANSWER, _P.DRAW_COMMIT, _P.DRAW_CONDUCT, _P.DOSSIER_ARCHIVE, _P.DOCUMENT_UPLOAD}
        | {_P.PERSON_REGISTER, _P.MEMBERSHIP_GRANT, _P.CERTIFICATE_BIND, _P.PARTY_REGISTER}
        | {_P.EXPERT_REGISTER, _P.KEY_POST}
        | {_P.AUCTION_CONDUCT, _P.AUCTION_SETTLE, _P.APPLICATION_DECIDE}
        | _READS
    ),
}

_COMPETES = (Role.BIDDER,)
_RUNS = (Role.OWNER, Role.AGENCY)
_WATCHES = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)

INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    frozenset(pair)
    for pair in (
        *((bidder, other) for bidder in _COMPETES for other in (*_RUNS, *_WATCHES)),
        *((bidder, other) for bidder in _COMPETES for other in (Role.EXPERT, Role.OPERATOR, Role.CUSTODIAN)),
        *((Role.EXPERT, other) for other in (Role.AGENCY, Role.OPERATOR, *_WATCHES)),
        *((Role.OPERATOR, other) for other in (*_RUNS, *_WATCHES)),
        *((owner, other) for owner in _RUNS for other in _WATCHES),
        *((Role.CUSTODIAN, other) for other in _RUNS),
    )
)
"""不相容: pairs of roles nobody may hold on the same lot (管办分离; 招标投标法 §37, 条例 §46)."""


def are_incompatible(one: Role, other: Role) -> bool:
    """不相容职责: these two may not meet in one person on one lot."""
    return frozenset((one, other)) in INCOMPATIBLE
