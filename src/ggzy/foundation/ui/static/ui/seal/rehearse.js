// 开标前自检: tries the bidder's key file on the bid that lies at the platform. Key, password and secrets stay here.
//
// <div data-rehearse="address of {manifest, parts}"></div>
import { fromBase64url } from "./bytes.js";
import { release } from "./envelope.js";
import { NO_CRYPTO, Outcome, band, element, fetchJson, field } from "./parts.js";
import { isAvailable } from "./suite.js";

const DRIFT = 2000; // milliseconds by which a clock may be off without a word

async function clock() {
  let best = Infinity, offset = 0;
  for (let i = 0; i < 5; i += 1) {
    const sent = performance.now(), local = Date.now();
    const { now } = await fetchJson("/clock/");
    const trip = performance.now() - sent;
    if (trip < best) [best, offset] = [trip, local + trip / 2 - Date.parse(now)];
  }
  const off = `${Math.abs(Math.round(offset / 1000))} 秒`;
  const drift = Math.abs(offset) <= DRIFT ? "与平台一致" : `比平台${offset > 0 ? "快" : "慢"} ${off}，以平台时间为准`;
  return `您的设备时钟${drift}；到平台的往返时间 ${Math.round(best)} 毫秒。`;
}

class RehearsalPage {
  constructor(place) {
    this.place = place;
    this.outcome = new Outcome();
    this.line = new Outcome();
    this.key = field("解密密钥文件", { type: "file", hint: "加密时保存的 .sbekey 文件；只在本机打开，不会发送", accept: ".sbekey" });
    this.password = field("解密密钥的口令", { type: "password", autocomplete: "off" });
    this.button = element("button", { type: "button", class: "button button-primary" }, "试开我的投标文件");
    this.button.addEventListener("click", () => this.run());
    place.classList.add("form");
    place.replaceChildren(
      this.line.box, this.key.box, this.password.box, element("div", { class: "form-end" }, this.button), this.outcome.box);
    clock().then(
      (words) => this.line.say("info", words, "本浏览器可以解密"),
      () => this.line.say("warn", "没有连上平台的时钟，请检查网络后刷新本页。", "本浏览器可以解密"));
  }

  async run() {
    this.button.disabled = true;
    try {
      const file = this.key.input.files[0];
      if (!file) throw new Error("请选择解密密钥文件");
      const { manifest, parts } = await fetchJson(this.place.dataset.rehearse);
      await release({
        manifest: fromBase64url(manifest), parts, sbekey: new Uint8Array(await file.arrayBuffer()),
        password: this.password.input.value,
      });
      this.outcome.say("ok", "这个密钥文件和口令能打开您递交的投标文件。请妥善保管，开标时仍要用它们。", "可以解密");
    } catch (error) {
      this.outcome.say("stop", error.message, "不能解密");
    } finally {
      this.password.input.value = "";
      this.button.disabled = false;
    }
  }
}

for (const place of document.querySelectorAll("[data-rehearse]")) {
  if (isAvailable()) new RehearsalPage(place);
  else place.replaceChildren(band("stop", NO_CRYPTO, "本页无法试开"));
}
