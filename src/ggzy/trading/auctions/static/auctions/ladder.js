// 报价阶梯: newest first. It never guesses: where a line is missing it says so, and the page asks for all of them.
const SHOWN = 50;

const beijing = (at) => new Date(Date.parse(at) + 8 * 3600e3).toISOString();

export const tenth = (at) => beijing(at).slice(11, 21);

// With its day where that is not today, as the page was told what today is.
function moment(at, today) {
  const [, month, day] = beijing(at).slice(0, 10).split("-").map(Number);
  return !today || beijing(at).startsWith(today) ? tenth(at) : `${month}月${day}日 ${tenth(at)}`;
}

export function row({ seq, paddle, amount, at, automatic }, own, today = "") {
  const line = document.createElement("li");
  line.value = seq;
  if (paddle === own) line.className = "is-own";
  const cell = (name, said) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = said;
    line.append(span);
  };
  cell("ladder-seq", `第 ${seq} 次`);
  cell("ladder-paddle", `${paddle} 号${paddle === own ? "（本号牌）" : ""}`);
  cell("ladder-amount", amount ? amount.text : "—");
  cell("ladder-how", automatic ? "自动" : "");
  const time = document.createElement("time");
  time.dateTime = at;
  time.textContent = moment(at, today);
  line.append(time);
  return line;
}

export function ladder(list, own) {
  let top = Number(list.dataset.top);
  const empty = document.getElementById("no-offers");
  return {
    get top() { return top; },
    // The lines that were new; null where one before them is missing.
    add(lines, seq) {
      const fresh = lines.filter((line) => line.seq > top);
      if (fresh.some((line, i) => line.seq !== top + 1 + i) || top + fresh.length < seq) return null;
      for (const line of fresh) list.prepend(row(line, own, list.dataset.day));
      while (list.children.length > SHOWN) list.lastElementChild.remove();
      top += fresh.length;
      if (fresh.length && empty) empty.hidden = true;
      return fresh;
    },
    replace(lines, seq) {
      list.replaceChildren(...lines.slice(-SHOWN).reverse().map((line) => row(line, own, list.dataset.day)));
      top = seq;
      if (lines.length && empty) empty.hidden = true;
    },
  };
}
