// 我的报价: two steps by keyboard or thumb. First the amount is chosen, then a dialog repeats it in figures and
// words and is confirmed with Enter or left with Escape. Only the platform decides; the page shows its answer.
import { answered, score } from "./answers.js";
import { read, Scale, text, words } from "./figures.js";
import { newPress } from "./line.js";
import { sealedOffer } from "./sealed.js";

const LEAP = 10; // steps beyond the least after which a slip of the hand is likely

export function panel(box, press, readText) {
  const dialog = document.getElementById("ask"), own = Number(box.dataset.paddle);
  const at = (name) => box.querySelector(`[data-${name}]`), all = (name) => box.querySelectorAll(`[data-${name}]`);
  const told = answered(box);
  let scale = new Scale(JSON.parse(box.dataset.scale)), state = null, asked = null, units = null;

  const figure = (amount) => text(scale.measure, amount);
  const amount = (value) => ({ measure: scale.measure, units: value });
  const offerable = (extra) => (units !== null ? units : state?.least?.measure === scale.measure ? scale.beyond(state.least.units, extra) : null);

  function paint() {
    if (!state) return;
    for (const group of all("when")) group.hidden = state.paused || !group.dataset.when.split(" ").includes(state.phase);
    at("standstill").hidden = !state.paused;
    const leads = state.leader === own;
    for (const one of all("standing")) {
      one.textContent = leads ? "✓ 您的报价领先" : state.leader === null ? "尚无人报价" : "您的报价未领先";
      one.classList.toggle("is-leading", leads);
    }
    for (const button of all("extra")) {
      const value = offerable(Number(button.dataset.extra));
      button.querySelector("[data-figure]").textContent = value === null ? "" : figure(value);
      button.disabled = value === null || leads && !box.dataset.raises;
    }
    for (const one of all("match-figure")) one.textContent = state.price ? state.price.text : "";
    if (asked) warn();
  }

  function warn() {
    const note = dialog.querySelector("[data-ask-note]"), said = [asked.note ?? ""];
    if (state && asked.seq !== state.seq && state.price) said.push(`刚刚有新的报价，当前价 ${state.price.text}。`);
    if (asked.isOffer && state?.least?.measure === scale.measure) {
      const short = scale.gain(state.least.units) - scale.gain(asked.units());
      if (short > 0) said.push(`最低可报 ${state.least.text}，这个数额不会被接受。`);
      else if (-short / scale.stepAt(scale.gain(state.least.units)) > LEAP) said.push("比最低可报多出很多个幅度，请核对是否多输入了数字。");
    }
    note.textContent = said.filter(Boolean).join("");
  }

  // `units()` is read again at the confirmation: a falling price has moved on by then.
  function ask({ title, said, units: value, items = [], isOffer = false, note = "", lines = [], seal = null }) {
    asked = { said, units: value, items, isOffer, note, seal, seq: state?.seq };
    dialog.querySelector("[data-ask-title]").textContent = title;
    dialog.querySelector("[data-ask-lines]").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    repeat();
    warn();
    dialog.showModal();
    dialog.querySelector("[data-confirm]").focus();
  }

  function repeat() {
    const value = asked?.units?.();
    dialog.querySelector("[data-ask-figure]").textContent = value === undefined ? "" : figure(value);
    dialog.querySelector("[data-ask-words]").textContent = value === undefined ? "" : words(scale.measure, value);
  }

  async function confirm() {
    if (!asked) return;
    const { said, units: value, items, seal } = asked, given = value?.();
    const whole = { press: newPress(), kind: said, amount: value && !seal ? amount(given) : null, items, digest: "" };
    dialog.close();
    if (seal) {
      told.working("正在浏览器中加密报价，请不要关闭页面。");
      try { whole.digest = await seal(given); } catch (wrong) { told.failed(wrong.message); return; }
    }
    told.sent(whole);
    told.show(await press(whole), whole, value ? figure(given) : "");
  }

  const offer = (value, more = {}) => ask({ title: "确认报价", said: "price", units: () => value, isOffer: true, ...more });

  async function typed(form) {
    const field = form.querySelector("[data-amount]"), mistake = form.querySelector("[data-mistake]");
    mistake.textContent = "";
    let value = read(scale.measure, field.value);
    if (value === null) {
      const answer = await readText(scale.measure, field.value).catch(() => ({ reasons: [{ text: "没有连上平台，请改用数字填写" }] }));
      if (!answer.amount) { mistake.textContent = answer.reasons.map((one) => one.text).join("；"); field.focus(); return null; }
      value = answer.amount.units;
    }
    return value;
  }

  function weighed(form, price) {
    const items = JSON.parse(form.dataset.weighs), fields = [...form.querySelectorAll("[data-item]")];
    const values = fields.map((field) => field.value.normalize("NFKC").replace(/[,\s]/g, ""));
    return { items, values, points: price === null ? null : score(items, [price, ...values]) };
  }

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target, value = await typed(form);
    if (value === null) return;
    if (form.dataset.typed === "sealed") {
      ask({
        title: "确认一次报价", said: "sealed", units: () => value, seal: (units) => sealedOffer(form, figure(units)),
        note: "只能报价一次，递交后不能更改或者撤回。报价在您的浏览器中加密，截止后才能开启。",
      });
    } else if (form.dataset.typed === "proxy") {
      ask({ title: "设定自动出价", said: "proxy", units: () => value, note: "平台将自动应价，最高不超过这个数额。上限只有您自己看得到。" });
    } else if (form.dataset.weighs) {
      const { items, values, points } = weighed(form, value);
      offer(value, { items: values, isOffer: false, lines: [...items.slice(1).map((one, i) => `${one.name} ${values[i]}${one.unit}`), `预计得分 ${points} 分，以平台计算为准`] });
    } else offer(value);
  });
  box.addEventListener("input", (event) => {
    const form = event.target.closest("form"), echo = form?.querySelector("[data-reads]");
    if (!echo) return;
    const value = read(scale.measure, form.querySelector("[data-amount]").value);
    echo.textContent = value === null ? "" : [figure(value), words(scale.measure, value)].filter(Boolean).join("，");
    if (form.dataset.weighs) form.querySelector("[data-score]").textContent = weighed(form, value).points ?? "—";
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.disabled) return;
    if (button.dataset.extra !== undefined) {
      const extra = Number(button.dataset.extra);
      if (units !== null) ask({ title: "确认应价", said: "price", units: () => units, note: "以平台收到时的价格成交，不高于上面的数额。" });
      else if (offerable(extra) !== null) offer(offerable(extra));
    } else if (button.dataset.act === "match" && state?.price) {
      const value = state.price.units;
      ask({ title: "行使优先购买权", said: "price", units: () => value, note: "以与当前价相同的价格应价。" });
    } else if (button.dataset.act === "join") ask({ title: button.textContent.trim(), said: "join", note: button.dataset.note });
    else if (button.dataset.act === "waive") ask({ title: "放弃行使优先购买权", said: "waive", note: "放弃后不能再以当前价应价。" });
    else if (button.dataset.act === "unproxy") ask({ title: "撤销自动出价", said: "unproxy", note: "已经由平台自动作出的报价仍然有效。" });
  });
  dialog.querySelector("[data-confirm]").addEventListener("click", confirm);
  dialog.querySelector("[data-leave]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { asked = null; });

  return {
    tick(next, fresh) {
      state = next;
      told.made(fresh.filter((one) => one.paddle === own && one.automatic));
      paint();
    },
    self({ bar, proxy, joined, waived }) {
      at("bar").hidden = !bar;
      at("bar").textContent = bar ? `${bar}，不能报价` : "";
      for (const one of all("proxy-now")) one.textContent = proxy ? proxy.text : "未设定";
      for (const one of all("proxy-set")) one.hidden = !proxy;
      for (const one of all("joined")) one.hidden = !joined;
      for (const one of box.querySelectorAll("[data-act=join]")) one.disabled = joined;
      for (const one of all("waived")) one.hidden = !waived;
      for (const one of box.querySelectorAll("[data-act=waive], [data-act=match]")) one.disabled = waived;
    },
    slow() { told.slow(); },
    shut(why) {
      at("bar").hidden = false;
      at("bar").textContent = why;
    },
    falling(value) { units = value; paint(); if (asked) repeat(); },
    // As the platform draws it now: what was done in another window, or decided by others, stands here too.
    renew(fresh) {
      if (!fresh) return;
      box.dataset.scale = fresh.dataset.scale;
      scale = new Scale(JSON.parse(fresh.dataset.scale));
      const pairs = (name) => [...all(name)].map((one, i) => [one, fresh.querySelectorAll(`[data-${name}]`)[i]]).filter(([, other]) => other);
      for (const name of ["bar", "proxy-now"]) for (const [one, other] of pairs(name)) one.textContent = other.textContent;
      for (const name of ["bar", "proxy-set", "joined", "waived"]) for (const [one, other] of pairs(name)) one.hidden = other.hidden;
      for (const [one, other] of pairs("act")) one.disabled = other.disabled;
      told.renew(fresh);
      paint();
    },
  };
}
