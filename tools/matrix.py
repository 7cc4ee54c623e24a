"""The permission matrix as a page an auditor can read: `python -m tools.matrix` writes it anew."""

import sys
from pathlib import Path

from ggzy.kernel.roles import GRANTS, INCOMPATIBLE, Permission, Role

PAGE = Path(__file__).resolve().parents[1] / "docs" / "generated" / "permission-matrix.md"


def page() -> str:
    """Markdown: one row per permission, one column per role, then the pairs nobody may hold on one lot."""
    head = " | ".join(role.label for role in Role)
    rule = " | ".join(":-:" for _ in Role)
    rows = [
        f"| {permission.label} | `{permission}` | "
        + " | ".join("●" if permission in GRANTS[role] else "" for role in Role)
        + " |"
        for permission in Permission
    ]
    order = list(Role)
    pairs = sorted(
        (sorted(pair, key=order.index) for pair in INCOMPATIBLE), key=lambda p: [order.index(r) for r in p]
    )
    return "\n".join(
        [
            "# 权限矩阵",
            "",
            "Generated from `src/ggzy/kernel/roles.py` by `python -m tools.matrix`; a test keeps it current.",
            "A mark opens a kind of act to a role. Whether it opens it for one lot is judged by the app's",
            "`access` and `rules`. No permission approves anything: the platform registers.",
            "",
            f"| 事项 | permission | {head} |",
            f"| --- | --- | {rule} |",
            *rows,
            "",
            "## 不相容身份",
            "",
            "Pairs that nobody may hold on the same lot, nor at the same organisation.",
            "",
            *(f"* {one.label} — {other.label}" for one, other in pairs),
            "",
        ]
    )


def main() -> int:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
