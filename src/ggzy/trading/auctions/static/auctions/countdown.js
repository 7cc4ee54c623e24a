// 倒计时 of the running phase, by the platform's clock; tenths of a second in the last minute.
import { platformNow } from "../ui/parts/clock.js";

const SAID = [[600, "还有 10 分"], [60, "还有 1 分"], [10, "还有 10 秒"]];
const two = (n) => String(n).padStart(2, "0");

export function left(ms) {
  const s = Math.floor(ms / 1000), d = Math.floor(s / 86400), h = Math.floor(s % 86400 / 3600), m = Math.floor(s % 3600 / 60);
  if (d) return `${d} 天 ${h} 小时`;
  if (h) return `${h} 小时 ${two(m)} 分`;
  return m ? `${m} 分 ${two(s % 60)} 秒` : `${(Math.floor(ms / 100) / 10).toFixed(1)} 秒`;
}

// Calls `due` once when the phase has come to its end by this clock: the server says what is the case then.
export function countdown(faces, voice, due) {
  let end = null, asked = null, before = Infinity;
  function paint() {
    const ms = end === null ? null : end - platformNow();
    for (const face of faces()) {
      face.textContent = ms === null ? "停止计时" : ms > 0 ? left(ms) : "0.0 秒";
      face.classList.toggle("is-red", ms !== null && ms < 60e3);
    }
    if (ms === null) return;
    const s = Math.ceil(ms / 1000);
    for (const [at, said] of SAID) if (s <= at && before > at && before !== Infinity) voice(said);
    before = s;
    if (ms <= 0 && asked !== end) { asked = end; due(); }
  }
  setInterval(paint, 100);
  return (at) => {
    const next = at ? Date.parse(at) : null;
    if (next !== end) before = Infinity;
    end = next;
    paint();
  };
}
