// The RFC 6962 root over chunks as they pass by; remembers only the roots of full subtrees.
import { number } from "./bytes.js";
import { sha256 } from "./suite.js";

const LEAF = number(0, 1), NODE = number(1, 1);

export class Root {
  constructor() {
    this.size = 0;
    this.peaks = [];
  }

  async add(chunk) {
    this.peaks.push(await sha256(LEAF, chunk));
    this.size += 1;
    for (let full = this.size; full % 2 === 0; full /= 2) {
      const right = this.peaks.pop();
      this.peaks.push(await sha256(NODE, this.peaks.pop(), right));
    }
  }

  async value() {
    if (!this.peaks.length) return sha256(new Uint8Array(0));
    let root = this.peaks.at(-1);
    for (const peak of this.peaks.slice(0, -1).reverse()) root = await sha256(NODE, peak, root);
    return root;
  }
}
