// 答复: what the platform said to each press, with its receipt or with every reason.
import { tenth } from "./ladder.js";

const KINDS = { price: "报价", proxy: "设定自动出价", unproxy: "撤销自动出价", join: "表示参加", sealed: "递交密封报价", waive: "放弃行使优先购买权" };

function element(name, said = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = said;
  if (kind) made.className = kind;
  return made;
}

// 综合得分 as the platform will compute it; shown, never decided by.
export function score(items, values) {
  let points = 0;
  for (const [i, { weight, base, best, places }] of items.entries()) {
    const value = i === 0 ? Number(values[0]) / 10 ** places : Number(values[i]);
    if (!Number.isFinite(value) || values[i] === "") return null;
    points += weight * Math.min(Math.max((value - base) / (best - base), 0), 1);
  }
  return points.toFixed(4);
}

function receipt({ code, height, at }) {
  const line = element("p", "", "quiet"), link = element("a", code);
  link.href = `/verify/?q=${encodeURIComponent(code)}`;
  line.append("回执 ", link, `，日志高度 ${height}，平台收到时间 ${tenth(at)}`);
  return line;
}

export function answered(box) {
  const status = box.querySelector("[data-answer]"), alert = box.querySelector("[data-refusal]"), list = box.querySelector("[data-own]");
  const none = box.querySelector("[data-none]");

  function keep(line) {
    list.prepend(line);
    none.hidden = true;
  }

  function own(kind, figure, result, at, given) {
    const line = element("li"), head = element("p");
    head.append(element("strong", `${kind} ${figure}`.trim()), ` ${result}`);
    line.append(head);
    if (given) line.append(receipt(given)); else if (at) line.append(element("p", tenth(at), "quiet"));
    return line;
  }

  return {
    working(said) {
      alert.replaceChildren();
      status.replaceChildren(element("p", said));
    },
    failed(said) {
      const band = element("div", "", "band band-stop");
      band.append(element("p", `没有递交：${said}`));
      status.replaceChildren();
      alert.replaceChildren(band);
    },
    sent(whole) {
      alert.replaceChildren();
      status.replaceChildren(element("p", `${KINDS[whole.kind]}已发出，正在等待平台答复。`));
    },
    slow() { status.replaceChildren(element("p", "还没有收到答复，正在以同一操作重新发送，不会重复计算。")); },
    show(answer, whole, figure) {
      const kind = KINDS[whole.kind], again = answer.duplicate ? "（重复发送，只计一次）" : "";
      status.replaceChildren();
      if (answer.accepted) {
        const band = element("div", "", "band band-ok");
        band.append(element("p", `✓ ${kind}已接受${figure ? `：${figure}` : ""}${again}。`), ...(answer.receipt ? [receipt(answer.receipt)] : []));
        status.append(band);
      } else {
        const band = element("div", "", "band band-stop"), reasons = element("ul", "", "reasons");
        for (const { text, remedy, article } of answer.reasons) {
          const one = element("li", text);
          if (remedy) one.append(element("span", remedy, "remedy"));
          if (article) one.append(element("span", `依据：${article}`, "article"));
          reasons.append(one);
        }
        band.append(element("p", `${kind}${figure ? ` ${figure} ` : ""}未接受，原因如下：`), reasons, ...(answer.receipt ? [receipt(answer.receipt)] : []));
        alert.append(band);
      }
      const result = answer.accepted ? "✓ 已接受" : `■ 未接受：${answer.reasons.map((one) => one.text).join("；")}`;
      if (answer.receipt) keep(own(kind, figure, result, null, answer.receipt));
    },
    // 本号牌的操作 that were answered elsewhere.
    renew(fresh) {
      const link = (line) => line.querySelector("a")?.getAttribute("href"), known = new Set([...list.children].map(link));
      for (const line of [...fresh.querySelectorAll("[data-own] li")].reverse()) if (!known.has(link(line))) keep(line);
    },
    made(lines) { for (const { amount, at } of lines) keep(own("自动出价", amount ? amount.text : "", "✓ 已作出", at, null)); },
  };
}
