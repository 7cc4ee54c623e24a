// 断点续传: a large file goes in pieces, each with its digest; after a broken line it goes on where it stood.
//
// <form data-pieces="address of the pieces' doors, ending in /"> with one file field. Small files, and browsers
// without cryptography, use the plain form.
import { fresh, hex, number, utf8 } from "./bytes.js";
import { Outcome, element } from "./parts.js";
import { isAvailable, sha256 } from "./suite.js";

const PIECE = 4 * 1024 * 1024;
const SAMPLE = 64 * 1024;
const ATTEMPTS = 6;

const wait = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const bytes = async (blob) => new Uint8Array(await blob.arrayBuffer());

// The same file gets the same name, so that choosing it again resumes.
async function nameOf(file) {
  const head = await bytes(file.slice(0, SAMPLE)), tail = await bytes(file.slice(-SAMPLE));
  return hex(await sha256(utf8(file.name), number(file.size, 8), head, tail)).slice(0, 32);
}

class Upload {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.count = Math.ceil(file.size / PIECE);
    this.progress = element("progress", { max: this.count, value: 0, "aria-label": "上传进度" });
  }

  async ask(method, path, body, headers = {}) {
    const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    const answer = await fetch(this.door + path, {
      method, body, headers: { "X-CSRFToken": token, ...headers }, cache: "no-store",
    });
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const said = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(said.reasons?.join("；") ?? `平台未受理（${answer.status}）`), { isFinal: true });
  }

  // A refusal is final; a broken line is tried again, with longer and longer breaks.
  async persist(act) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await act();
      } catch (error) {
        if (error.isFinal || attempt === ATTEMPTS) throw error;
        await wait(2 ** attempt / 2 + fresh(1)[0] / 512);
      }
    }
  }

  async run() {
    this.door = `${this.form.dataset.pieces}${await nameOf(this.file)}/`;
    const { held } = await this.persist(() => this.ask("GET", ""));
    const there = new Set(held);
    for (let index = 0; index < this.count; index += 1) {
      if (!there.has(index)) await this.persist(() => this.put(index));
      this.progress.value = index + 1;
    }
    const said = JSON.stringify({ count: this.count, name: this.file.name });
    await this.persist(() => this.ask("POST", "done/", said, { "Content-Type": "application/json" }));
  }

  async put(index) {
    const piece = await bytes(this.file.slice(index * PIECE, (index + 1) * PIECE));
    const digest = `sha256:${hex(await sha256(piece))}`;
    await this.ask("PUT", `${index}/`, piece, {
      "Content-Type": "application/octet-stream", "X-Content-Digest": digest,
    });
  }
}

function take(form) {
  const outcome = new Outcome();
  form.append(outcome.box);
  form.addEventListener("submit", async (event) => {
    const file = form.querySelector('input[type="file"]').files[0];
    if (!file || file.size <= PIECE) return;
    event.preventDefault();
    const button = form.querySelector('button[type="submit"], button:not([type])');
    const upload = new Upload(form, file);
    button.disabled = true;
    outcome.say("info", "正在上传，请不要关闭页面。断线后重新选择同一文件，会从断开处继续。", "", upload.progress);
    try {
      await upload.run();
      window.location.reload();
    } catch (error) {
      const text = error.isFinal ? error.message : "与平台的连接中断。请检查网络后再次上传，已到达的部分不会重传。";
      outcome.say("stop", text, "没有上传完");
      button.disabled = false;
    }
  });
}

if (isAvailable()) for (const form of document.querySelectorAll("form[data-pieces]")) take(form);
