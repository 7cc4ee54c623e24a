// 回放: the facts of a room one after another, as fast as one likes; every moment can be gone back to.
import { path } from "./chart.js";
import { left } from "./countdown.js";
import { row, tenth } from "./ladder.js";

const IDLE = 60000, IDLE_SHOWN = 5000, SHOWN = 20;
const film = document.getElementById("film");
const part = (name) => film.querySelector(`[data-${name}]`);
const put = (name, said) => { part(name).textContent = said; };
let frames = [], place = 0, playing = 0;

async function load() {
  for (let next = 0; next !== null;) {
    const answer = await fetch(`${film.dataset.base}film.json?after=${next}`);
    if (!answer.ok) return;
    const told = await answer.json();
    frames.push(...told.frames);
    next = told.next;
  }
  part("place").max = String(frames.length - 1);
  film.hidden = false;
  show(0);
}

function day(at) {
  const local = new Date(Date.parse(at) + 8 * 3600e3);
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${tenth(at)}`;
}

function show(number) {
  place = Math.min(Math.max(number, 0), frames.length - 1);
  const { at, text, phase, price, leader, ends_at, paused, height } = frames[place];
  const past = frames.slice(0, place + 1), lines = past.filter((one) => one.line).map((one) => one.line);
  put("phase", `${phase}${paused ? "，停止计时" : ""}`);
  put("price", price ? price.text : "尚无报价");
  put("words", price?.measure === "money" ? price.words : "");
  put("at", day(at));
  put("leader", leader === null ? "" : `${leader} 号领先，报价 ${lines.length} 次`);
  put("ends", ends_at ? `距本阶段结束 ${left(Math.max(Date.parse(ends_at) - Date.parse(at), 0))}` : "");
  put("text", text);
  put("number", `${place + 1} / ${frames.length}`);
  put("height", String(height));
  part("height").href = `/verify/?q=${height}`;
  part("place").value = String(place);
  part("place").setAttribute("aria-valuetext", `第 ${place + 1} 条，${day(at)}`);
  part("ladder").replaceChildren(...lines.slice(-SHOWN).reverse().map((line) => row(line, null)));
  const measure = lines.find((line) => line.amount)?.amount.measure; // a second contest counts another quantity
  const points = lines.filter((line) => line.amount && line.amount.measure === measure).map((line) => [Date.parse(line.at), line.amount.units]);
  part("line").setAttribute("d", points.length ? path(points, Date.parse(at)) : "");
}

// How long the present fact stays on the screen.
function wait() {
  const speed = Number(part("speed").value);
  if (!speed) return 1000;
  const gap = Date.parse(frames[place + 1].at) - Date.parse(frames[place].at);
  return (gap > IDLE ? IDLE_SHOWN : gap) / speed;
}

function play() {
  if (place >= frames.length - 1) return stop();
  playing = setTimeout(() => { show(place + 1); play(); }, Math.max(wait(), 16));
}

function stop() {
  clearTimeout(playing);
  playing = 0;
  put("play", "播放");
}

part("play").addEventListener("click", () => {
  if (playing) { stop(); return; }
  if (place >= frames.length - 1) show(0);
  put("play", "暂停");
  play();
});
for (const button of film.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => { stop(); show(place + Number(button.dataset.step)); });
}
part("place").addEventListener("input", (event) => { stop(); show(Number(event.target.value)); });
load();
