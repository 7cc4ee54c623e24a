// 竞价室: the page as it lives. Without it the page shows how things stood when it was loaded.
import { chart } from "./chart.js";
import { countdown } from "./countdown.js";
import { falling } from "./falling.js";
import { ladder } from "./ladder.js";
import { connect } from "./line.js";
import { panel } from "./panel.js";
import { witness } from "./witness.js";

const room = document.getElementById("room");
const { lot, base, door } = room.dataset;
const own = Number(room.dataset.paddle) || null;
const part = (name) => room.querySelector(`[data-${name}]`);
const put = (name, said) => { for (const one of room.querySelectorAll(`[data-${name}]`)) if (one.textContent !== said) one.textContent = said; };
const LAMPS = { live: ["●", "实时"], poll: ["◐", "每 2 秒更新一次"], lost: ["■", "连接中断，正在重连"] };
const VOICE = 10000, CROSS = 60000;

let last = null, since = "", spoken = -VOICE, refreshing = 0;
const list = ladder(part("ladder"), own), line = part("chart") ? chart(part("chart")) : null;
const readText = (measure, typed) => wire.ask(`read.json?${new URLSearchParams({ measure, text: typed })}`);
const bidder = document.getElementById("panel") ? panel(document.getElementById("panel"), press, readText) : null;
const watch = witness(lot, alarmed);
const clock = countdown(() => room.querySelectorAll("[data-left]"), (said) => { part("voice").textContent = said; }, () => refresh(800));

// The answer to a plain request comes without how the paddle stands now, so the page asks for that.
async function press(said) {
  const answer = await wire.press(said);
  if (said.kind !== "price") refresh(300);
  return answer;
}

function lamp(kind) {
  const [shape, word] = LAMPS[kind], light = part("lamp");
  if (light.dataset.lamp === kind) return;
  light.dataset.lamp = kind;
  light.querySelector("[data-shape]").textContent = shape;
  light.querySelector("[data-word]").textContent = word;
  if (kind === "lost") since = new Date(Date.now() + 8 * 3600e3).toISOString().slice(11, 19);
}

function tick(message, from = "door") {
  watch(message, from);
  const { state, lines } = message, before = last;
  last = state;
  const fresh = list.add(lines, state.seq);
  if (fresh === null) fill(); else { line?.add(fresh); if (fresh.length) announce(state, fresh); }
  show(state);
  if (before && state.extensions > before.extensions) extended(state.ends_at);
  bidder?.tick(state, fresh ?? []);
  const changed = before && ["phase", "paused", "outcome", "round"].some((name) => before[name] !== state[name]);
  if (changed || (!before && state.phase !== room.dataset.phase)) refresh(Math.random() * 800);
}

function show(state) {
  if (!fallen()) {
    put("price", state.price ? state.price.text : "尚无报价");
    put("words", state.price?.measure === "money" ? state.price.words : "");
  }
  put("second", state.second ? state.second.text : "");
  put("leader", state.leader === null ? "—" : `${state.leader} 号${state.leader === own ? "（本号牌）" : ""}`);
  put("least", state.least ? state.least.text : "—");
  put("seq", `${state.seq} 次`);
  put("paddles", `${state.paddles} 个`);
  put("extensions", `${state.extensions} 次`);
  put("head", String(state.head));
  put("chain", state.chain.slice(0, 16));
  clock(state.paused ? null : state.ends_at);
}

const until = (at) => {
  const local = new Date(Date.parse(at) + 8 * 3600e3);
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${local.toISOString().slice(11, 19)} 结束`;
};

function extended(at) {
  for (const one of room.querySelectorAll("[data-until]")) {
    one.textContent = `已延长至 ${until(at)}`;
    one.classList.add("is-extended");
    setTimeout(() => one.classList.remove("is-extended"), 5000);
  }
  part("voice").textContent = `竞价时间已延长至 ${until(at)}`;
  spoken = performance.now();
}

// The price is spoken at most every ten seconds; the tone, if it was asked for, at every offer.
function announce(state, fresh) {
  const now = performance.now();
  if (now - spoken > VOICE && state.price) {
    spoken = now;
    part("voice").textContent = `当前价 ${state.price.text}，${state.leader} 号`;
  }
  if (part("tone")?.checked && fresh.some((one) => one.paddle !== own)) tone();
}

let sound = null;
function tone() {
  sound ??= new AudioContext();
  const note = sound.createOscillator(), volume = sound.createGain();
  volume.gain.setValueAtTime(0.1, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.25);
  note.frequency.value = 880;
  note.connect(volume).connect(sound.destination);
  note.start();
  note.stop(sound.currentTime + 0.25);
}

// A line is missing: the ladder is asked for again, never patched.
let filling = false;
async function fill() {
  if (filling) return;
  filling = true;
  const gap = part("gap"), after = list.top ? part("ladder").querySelector("time")?.textContent.replace(/\.\d$/, "") : since;
  gap.textContent = `可能遗漏了 ${after || "此前"} 之后的报价，正在补齐。`;
  gap.hidden = false;
  try {
    const lines = [];
    for (let next = 0; next !== null;) {
      const told = await wire.ask(`offers.json?after=${next}`);
      lines.push(...told.lines);
      next = told.next;
    }
    list.replace(lines, lines.at(-1)?.seq ?? 0);
    line?.set(lines);
    gap.hidden = true;
  } catch { /* the next tick asks again */ }
  filling = false;
}

// What the phase changes is written by the platform: the parts named are taken from a fresh page.
function refresh(wait) {
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("room");
      if (!answer.ok || !fresh) return;
      room.dataset.phase = fresh.dataset.phase;
      for (const box of room.querySelectorAll("[data-part]")) {
        const other = fresh.querySelector(`[data-part="${box.dataset.part}"]`);
        if (other && other.innerHTML !== box.innerHTML) box.innerHTML = other.innerHTML;
      }
      bidder?.renew(page.getElementById("panel"));
      if (last) show(last);
    } catch { /* the numbers go on; the next change asks again */ }
  }, wait);
}

// Another window of the same bidder may have acted meanwhile.
window.addEventListener("focus", () => { if (bidder) refresh(0); });

// Where the price falls, its terms stand in the page while it does.
const fallen = () => ((last ? last.phase === "timed" && !last.paused && !last.price : true) ? part("fall") : null);

function alarmed({ head, first, second }) {
  const band = part("alarm");
  band.querySelector("[data-alarm-text]").textContent =
    `同一高度 ${head} 出现了两个链值：${first.chain.slice(0, 16)}… 与 ${second.chain.slice(0, 16)}…。两个值都已保存在本机，请截图并联系监督部门。`;
  band.hidden = false;
}

const wire = connect({ base, lot, door, bids: Boolean(bidder), lamp, hear: { tick, self: (said) => bidder?.self(said), slow: () => bidder?.slow(), shut: (why) => bidder?.shut(why) } });
clock(room.dataset.paused ? null : room.dataset.ends || null);
falling(fallen, (units, figure, characters, next) => {
  put("price", figure);
  put("words", characters);
  put("next-fall", next === null ? "已降至最低价" : `${next} 秒后降价`);
  bidder?.falling(units);
});
// The platform's own answer is held against the line's, so that two stories meet somewhere.
setInterval(() => { wire.ask("state.json").then((message) => watch(message, "web"), () => {}); }, CROSS * (1 + Math.random()));
