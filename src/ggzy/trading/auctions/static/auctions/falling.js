// 降价: the price is a function of the room's clock, so the page computes it as the platform does.
import { platformNow } from "../ui/parts/clock.js";
import { text, words } from "./figures.js";

export function priceAt({ from, start, step, interval, floor }, at) {
  const falls = Math.max(Math.floor((at - from) / interval), 0);
  return Math.max(start - falls * step, floor);
}

// Calls `paint(units, figure, words, seconds to the next fall)` five times a second while the fall is read.
export function falling(read, paint) {
  setInterval(() => {
    const box = read();
    if (!box) return;
    const { from, start, step, interval, floor, measure } = box.dataset;
    const fall = { from: Date.parse(from), start: +start, step: +step, interval: +interval * 1000, floor: +floor };
    const now = platformNow(), units = priceAt(fall, now);
    const next = units > fall.floor ? fall.interval - (now - fall.from) % fall.interval : null;
    paint(units, text(measure, units), words(measure, units), next === null ? null : Math.ceil(next / 1000));
  }, 200);
}
