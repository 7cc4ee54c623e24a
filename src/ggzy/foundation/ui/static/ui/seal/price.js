// A price as the bidder writes it, read into exact whole numbers; the text is kept beside the reading.
import { characters, fen } from "../parts/amount.js";

export function rateOf(text) {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  const found = /^(\d{1,3})(?:\.(\d{1,6}))?%$/.exec(plain);
  if (!found) return null;
  const digits = found[1].padStart(3, "0"), point = digits.length - 2;
  const rest = (digits.slice(point) + (found[2] ?? "")).replace(/0+$/, "");
  const whole = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  return rest ? `${whole}.${rest}` : whole;
}

const READERS = {
  amount: (text) => {
    const value = fen(text);
    return value === null ? null : { amount: { amount: value.toString(), unit: "fen" }, rate: null };
  },
  rate: (text) => {
    const rate = rateOf(text);
    return rate === null ? null : { amount: null, rate };
  },
  text: () => ({ amount: null, rate: null }),
};

export const FORMS = {
  amount: {
    label: "投标报价", hint: "单位：元。例如 1980000.00 或 198万元",
    wrong: "报价应为金额，例如 1980000.00 或 198万元",
  },
  rate: { label: "投标报价（费率）", hint: "写明百分号，例如 20.5%", wrong: "报价应为百分比，例如 20.5%" },
  text: { label: "投标报价", hint: "按招标文件要求的方式填写", wrong: "请填写报价" },
};

// null when the text cannot be read as this kind of price.
export function priceOf(kind, text) {
  const said = text.trim();
  const reading = said ? READERS[kind](said) : null;
  return reading && { price_kind: kind, text: said, ...reading };
}

export function spoken(amount) {
  const value = BigInt(amount);
  const figures = `${(value / 100n).toLocaleString("en-US")}.${String(value % 100n).padStart(2, "0")}`;
  return `${figures} 元（${characters(value)}）`;
}
