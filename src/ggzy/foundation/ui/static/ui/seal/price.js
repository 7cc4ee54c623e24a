// A price as the bidder writes it, read into exact whole numbers; the text is kept beside the reading.
const UNITS = new Map([["万", 4], ["亿", 8], ["", 0]]);

const clean = (text) => text.normalize("NFKC").replace(/[,，\s¥￥]/g, "");

export function fenOf(text) {
  const found = /^(\d{1,13})(?:\.(\d*))?(万|亿)?元?$/.exec(clean(text));
  if (!found) return null;
  const places = UNITS.get(found[3] ?? "") + 2;
  const decimals = (found[2] ?? "").replace(/0+$/, "");
  if (decimals.length > places) return null;
  return BigInt(found[1] + decimals.padEnd(places, "0")).toString();
}

export function rateOf(text) {
  const found = /^(\d{1,3})(?:\.(\d{1,6}))?%$/.exec(clean(text).replace("％", "%"));
  if (!found) return null;
  const digits = (found[1] + (found[2] ?? "")).padStart((found[2] ?? "").length + 3, "0");
  const point = digits.length - (found[2] ?? "").length - 2;
  const whole = digits.slice(0, point).replace(/^0+(?=\d)/, ""), rest = digits.slice(point).replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : whole;
}

const READERS = {
  amount: (text) => {
    const fen = fenOf(text);
    return fen === null ? null : { amount: { amount: fen, unit: "fen" }, rate: null };
  },
  rate: (text) => {
    const rate = rateOf(text);
    return rate === null ? null : { amount: null, rate };
  },
  text: () => ({ amount: null, rate: null }),
};

export const FORMS = {
  amount: { label: "投标报价", hint: "单位：元。例如 1980000.00 或 198万元", wrong: "报价应为金额，例如 1980000.00 或 198万元" },
  rate: { label: "投标报价（费率）", hint: "写明百分号，例如 20.5%", wrong: "报价应为百分比，例如 20.5%" },
  text: { label: "投标报价", hint: "按招标文件要求的方式填写", wrong: "请填写报价" },
};

// null when the text cannot be read as this kind of price.
export function priceOf(kind, text) {
  const said = text.trim();
  const reading = said ? READERS[kind](said) : null;
  return reading && { price_kind: kind, text: said, ...reading };
}

export function figures(fen) {
  const value = BigInt(fen);
  return `${(value / 100n).toLocaleString("en-US")}.${String(value % 100n).padStart(2, "0")} 元`;
}
