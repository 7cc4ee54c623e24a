// 投标人解密: opens the bidder's key file in this browser and hands over the secret of each part that is due.
//
// <div data-unlock="address of {manifest, parts}" data-field="id of the field for the secrets"></div>
import { fromBase64url } from "./bytes.js";
import { release } from "./envelope.js";
import { NO_CRYPTO, Outcome, band, element, fetchJson, field } from "./parts.js";
import { isAvailable } from "./suite.js";

class UnlockingPage {
  constructor(place) {
    this.place = place;
    this.outcome = new Outcome();
    this.key = field("解密密钥文件", { type: "file", hint: "加密时保存的 .sbekey 文件", accept: ".sbekey" });
    this.password = field("解密密钥的口令", { type: "password", autocomplete: "off" });
    this.button = element("button", { type: "button", class: "button button-primary" }, "核对并填入解密密钥");
    this.button.addEventListener("click", () => this.run());
    place.classList.add("form");
    place.replaceChildren(
      this.key.box, this.password.box, element("div", { class: "form-end" }, this.button), this.outcome.box);
  }

  async run() {
    this.button.disabled = true;
    try {
      const file = this.key.input.files[0];
      if (!file) throw new Error("请选择解密密钥文件");
      const { manifest, parts } = await fetchJson(this.place.dataset.unlock);
      const secrets = await release({
        manifest: fromBase64url(manifest), parts, sbekey: new Uint8Array(await file.arrayBuffer()),
        password: this.password.input.value,
      });
      const target = document.getElementById(this.place.dataset.field);
      target.value = JSON.stringify(secrets);
      target.dispatchEvent(new Event("change", { bubbles: true }));
      this.outcome.say("ok", "解密密钥与您的投标文件相符，已填入。请提交本页完成解密。", "核对无误");
    } catch (error) {
      this.outcome.say("stop", error.message, "没有填入解密密钥");
    } finally {
      this.button.disabled = false;
    }
  }
}

for (const place of document.querySelectorAll("[data-unlock]")) {
  if (isAvailable()) new UnlockingPage(place);
  else place.replaceChildren(band("stop", NO_CRYPTO, "本页无法在线解密"));
}
