"""评标评审的命令. Fetch, judge, change, record; safe to repeat; refused with every reason."""

from ggzy.trading.evaluation.services.calling import (
    answer_call,
    name_representative,
    recuse,
    report_absent,
    report_unreached,
    sign_in,
)
from ggzy.trading.evaluation.services.concluding import (
    conclude,
    record_silence,
    reopen,
    sign_report,
    submit_scores,
)
from ggzy.trading.evaluation.services.disclosing import publish_committee, read_clues, read_committee
from ggzy.trading.evaluation.services.drafting import save_draft
from ggzy.trading.evaluation.services.drawing import (
    abandon_draw,
    abandon_overdue,
    close_commits,
    commit_nonce,
    draw,
    draw_committee,
    reveal_nonce,
)
from ggzy.trading.evaluation.services.requesting import (
    request_coefficients,
    request_draw,
    request_tie_draw,
)
from ggzy.trading.evaluation.services.reviewing import (
    answer_correction,
    answer_question,
    ask_bidder,
    begin,
    correct_price,
    finish_review,
    record_measures,
    reject_all,
    submit_review,
)
from ggzy.trading.evaluation.services.schemes import publish_scheme

__all__ = [
    "abandon_draw",
    "abandon_overdue",
    "answer_call",
    "answer_correction",
    "answer_question",
    "ask_bidder",
    "begin",
    "close_commits",
    "commit_nonce",
    "conclude",
    "correct_price",
    "draw",
    "draw_committee",
    "finish_review",
    "name_representative",
    "publish_committee",
    "publish_scheme",
    "read_clues",
    "read_committee",
    "record_measures",
    "record_silence",
    "recuse",
    "reject_all",
    "reopen",
    "report_absent",
    "report_unreached",
    "request_coefficients",
    "request_draw",
    "request_tie_draw",
    "reveal_nonce",
    "save_draft",
    "sign_in",
    "sign_report",
    "submit_review",
    "submit_scores",
]
