// 投标痕迹: all a page may know of the machine is that it is this browser again. No network card, no disk.
import { fresh, hex, utf8 } from "./bytes.js";
import { CLIENT } from "./envelope.js";
import { sha256 } from "./suite.js";

const KEPT = "ggzy-browser";

function kept() {
  try {
    const known = localStorage.getItem(KEPT) ?? hex(fresh(16));
    localStorage.setItem(KEPT, known);
    return known;
  } catch {
    return ""; // a browser that keeps nothing tells nothing
  }
}

// The mark differs from lot to lot, so that it says who made a bid for this lot twice, and nothing else.
export async function device(lot) {
  const known = kept();
  const system = known ? hex(await sha256(utf8(`ggzy.trace/1 browser ${lot} ${known}`))).slice(0, 16) : "";
  return { cpu: "", disks: [], macs: [], system, tool: CLIENT.name, version: CLIENT.version };
}
