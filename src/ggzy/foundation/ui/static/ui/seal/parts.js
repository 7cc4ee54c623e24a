// Elements of the sealing pages, in the shapes and classes of the house's forms.
import { dress } from "../parts/file.js";

export function element(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key === "class") made.className = value;
    else if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

let count = 0;

export function field(label, { type = "text", hint = "", required = true, ...given } = {}) {
  count += 1;
  const id = `seal-${count}`;
  const input = element(type === "textarea" ? "textarea" : "input", { id, required, ...given });
  if (type !== "textarea") input.type = type;
  const box = element("div", { class: "field" },
    element("label", { htmlFor: id }, required ? label : `${label}（选填）`));
  if (hint) {
    box.append(element("p", { class: "hint", id: `${id}-hint` }, hint));
    input.setAttribute("aria-describedby", `${id}-hint`);
  }
  box.append(input);
  if (type === "file") dress(input);
  return { box, input };
}

export function band(kind, text, title = "") {
  const box = element("div", { class: `band band-${kind}` });
  box.setAttribute("role", kind === "stop" ? "alert" : "status");
  if (title) box.append(element("p", {}, element("strong", {}, title)));
  box.append(element("p", {}, text));
  return box;
}

// One place for what went wrong or well; the newest word replaces the last.
export class Outcome {
  constructor() {
    this.box = element("div", { class: "stack" });
  }

  say(kind, text, title = "", ...more) {
    this.box.replaceChildren(band(kind, text, title), ...more);
  }
}

export function download(name, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  return element("a", { href: url, download: name, class: "button" }, `保存 ${name}`);
}

export async function fetchJson(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`没有取到加密所需的资料（${answer.status}），请刷新页面后重试`);
  return answer.json();
}

export const NO_CRYPTO =
  "浏览器只在安全地址（https 或本机）上提供加密功能。请改用以 https 开头的平台地址打开本页，" +
  "或者用离线加密工具制作加密的投标文件后，在下方直接上传。";
