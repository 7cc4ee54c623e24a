// Echoes an amount while it is typed: the server says again, and finally, what it understood.
const UNITS = { 亿: 8, 万: 4, 千: 3, 百: 2, 元: 0 };
const DIGITS = "零壹贰叁肆伍陆柒捌玖", SMALL = ["", "拾", "佰", "仟"], LARGE = ["", "万", "亿", "万亿"];

export function fen(text) {
  const plain = text.normalize("NFKC").replace(/[,，\s￥¥]/g, "").replace(/(人民币|元|圆)/g, "");
  const found = /^(\d+)(?:\.(\d*))?(亿|千万|百万|万|千|百)?$/.exec(plain);
  if (!found) return null;
  const shift = found[3] ? [...found[3]].reduce((sum, unit) => sum + UNITS[unit], 0) : 0;
  const decimals = (found[2] ?? "").replace(/0+$/, "");
  if (decimals.length > shift + 2) return null;
  return BigInt(found[1] + decimals.padEnd(shift + 2, "0"));
}

function group(four) {
  let out = "", zero = false;
  for (let i = 3; i >= 0; i -= 1) {
    const digit = Number(four / 10n ** BigInt(i) % 10n);
    if (!digit) { zero = out !== ""; continue; }
    out += (zero ? "零" : "") + DIGITS[digit] + SMALL[i];
    zero = false;
  }
  return out;
}

export function characters(value) {
  const yuan = value / 100n, jiao = Number(value / 10n % 10n), cent = Number(value % 10n);
  let out = "", gap = false;
  for (let i = 3; i >= 0; i -= 1) {
    const four = yuan / 10000n ** BigInt(i) % 10000n;
    if (!four) { gap = gap || out !== ""; continue; }
    if (out && (gap || four < 1000n)) out += "零";
    out += group(four) + LARGE[i];
    gap = false;
  }
  if (out) out += "元";
  if (!jiao && !cent) return (out || "零元") + "整";
  if (jiao) out += DIGITS[jiao] + "角"; else if (out) out += "零";
  return cent ? `${out}${DIGITS[cent]}分` : out + "整";
}

for (const echo of document.querySelectorAll("[data-echo]")) {
  const field = document.getElementById(echo.dataset.echo);
  if (!field || !field.classList.contains("field-amount")) continue;
  const say = () => {
    const value = fen(field.value);
    if (value === null || field.value.includes("%")) { echo.textContent = ""; return; }
    const figures = `${(value / 100n).toLocaleString("en-US")}.${String(value % 100n).padStart(2, "0")}`;
    echo.textContent = `${figures} 元（${characters(value)}）`;
  };
  field.addEventListener("input", say);
  if (field.value !== field.defaultValue) say(); // typed before this came
}
