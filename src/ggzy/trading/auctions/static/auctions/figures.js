// 数额: whole numbers of a smallest unit, as people read and write them.
import { characters, fen } from "../ui/parts/amount.js";

const MOST = 10n ** 15n; // what a room takes at most; a number of the browser holds no more exactly
const PLACES = { money: 2, rate: 10, area: 2, points: 6 };

function plain(units, places, least) {
  const sign = units < 0n ? "-" : "", whole = units < 0n ? -units : units, one = 10n ** BigInt(places);
  let rest = String(whole % one).padStart(places, "0");
  while (rest.length > least && rest.endsWith("0")) rest = rest.slice(0, -1);
  return `${sign}${(whole / one).toLocaleString("en-US")}${rest ? `.${rest}` : ""}`;
}

export function text(measure, units) {
  const value = BigInt(units);
  if (measure === "money") return `${plain(value, 2, 2)} 元`;
  if (measure === "rate") return `${plain(value, 8, 0)}%`;
  return measure === "area" ? `${plain(value, 2, 2)} ㎡` : `${plain(value, 6, 6)} 分`;
}

export const words = (measure, units) => (measure === "money" ? characters(BigInt(units)) : "");

// What was typed, in the smallest unit; null where only the platform can read it or say what is wrong with it.
export function read(measure, typed) {
  if (measure === "money") {
    const found = fen(typed);
    return found === null || found <= 0n || found > MOST ? null : Number(found);
  }
  const form = /^(\d{1,13})(?:\.(\d{1,10}))?(%|m2|平方米)?$/.exec(typed.normalize("NFKC").replace(/[,\s]/g, ""));
  if (!form || (measure === "rate" && !form[3] && Number(form[1]) > 1)) return null;
  const places = PLACES[measure] - (form[3] === "%" ? 2 : 0), decimals = (form[2] ?? "").replace(/0+$/, "");
  return decimals.length > places ? null : Number(form[1] + decimals.padEnd(places, "0"));
}

export class Scale {
  constructor({ measure, start, sign, step, ladder, cap }) { Object.assign(this, { measure, start, sign, step, ladder, cap }); }
  stepAt(gain) {
    let step = this.step;
    for (const [beyond, other] of this.ladder) { if (gain < beyond) break; step = other; }
    return step;
  }
  gain(units) { return this.sign * (units - this.start); }
  amount(gain) { return this.start + this.sign * gain; }
  // So many steps beyond an amount, no further than the ceiling.
  beyond(units, steps) {
    let gain = this.gain(units);
    for (let i = 0; i < steps; i += 1) gain += this.stepAt(gain);
    return this.amount(this.cap !== null && gain > this.cap ? this.cap : gain);
  }
}
