// The canonical form that is hashed and signed: RFC 8785 in the narrow profile of the platform's kernel.
import { utf8 } from "./bytes.js";

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

function text(value) {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("数字不是整数，或超出 53 位");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
  const keys = Object.keys(value).sort();
  if (!keys.every((key) => KEY.test(key))) throw new Error("键名不规范");
  return `{${keys.map((key) => `${JSON.stringify(key)}:${text(value[key])}`).join(",")}}`;
}

export const canonical = (value) => utf8(text(value));

// A moment as the envelope writes it: UTC, always six digits.
export const instant = (date) => date.toISOString().replace("Z", "000Z");
