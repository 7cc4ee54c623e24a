// Bytes: joining, numbers in network order, and the two spellings that the envelope uses.
const UTF8 = new TextEncoder();

export const utf8 = (text) => UTF8.encode(text);

export function join(...pieces) {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

// Numbers stay far below 2**53, so the upper half of eight bytes is a plain division.
export function number(value, size) {
  const bytes = new Uint8Array(size);
  for (let place = size - 1, left = value; place >= 0; place -= 1, left = Math.floor(left / 256)) {
    bytes[place] = left % 256;
  }
  return bytes;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(text) {
  if (!/^[0-9A-Za-z_-]*$/.test(text)) throw new Error("不是 base64url 编码");
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

export function fresh(size) {
  return crypto.getRandomValues(new Uint8Array(size));
}

export function isSame(left, right) {
  let difference = left.length ^ right.length;
  for (let place = 0; place < left.length; place += 1) difference |= left[place] ^ right[place];
  return difference === 0;
}
