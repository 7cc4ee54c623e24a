// k of n shares over GF(2^8) with the polynomial 0x11b, byte by byte; x runs from 1 to n.
import { fresh } from "./bytes.js";

function times(left, right) {
  let product = 0;
  for (let a = left, b = right; b; b >>= 1) {
    if (b & 1) product ^= a;
    a <<= 1;
    if (a & 0x100) a ^= 0x11b;
  }
  return product;
}

export function split(secret, threshold, shares, random = fresh) {
  const coefficients = [secret];
  for (let degree = 1; degree < threshold; degree += 1) coefficients.push(random(secret.length));
  const dealt = new Map();
  for (let x = 1; x <= shares; x += 1) {
    let value = new Uint8Array(secret.length);
    for (const coefficient of coefficients.slice().reverse()) {
      value = value.map((byte, place) => times(byte, x) ^ coefficient[place]);
    }
    dealt.set(x, value);
  }
  return dealt;
}
