// 在线加密: seals a bid in this browser. The platform never sees the plaintext nor the bidder's keys.
//
// <div data-seal="address of the sealing order" data-field="id of the file field for the .sbe"></div>
import { device } from "./device.js";
import { bundle, seal } from "./envelope.js";
import { PASSWORD_MIN, unlock } from "./keyfile.js";
import { NO_CRYPTO, Outcome, band, download, element, fetchJson, field } from "./parts.js";
import { FORMS, priceOf, spoken } from "./price.js";
import { isAvailable } from "./suite.js";

const HONEST =
  "在线加密依赖本网站提供的页面代码。报价在您的浏览器内加密，平台和保管人在开标前都无法查看；" +
  "如果您希望不依赖本页面，请使用离线加密工具，结果相同。" +
  "本浏览器的特征码（随机生成，每个标段不同）会随报价一并加密，开标后供监督部门核对是否由同一台设备编制；" +
  "本页读取不到网卡、硬盘等硬件信息。";

class SealingPage {
  constructor(place, order) {
    this.place = place;
    this.order = order;
    this.parts = order.plan.stages.flatMap((stage) => stage.parts);
    this.outcome = new Outcome();
    this.progress = element("progress", { max: 1, value: 0, hidden: true, "aria-label": "加密进度" });
    this.button = element("button", { type: "button", class: "button button-primary" }, "在浏览器中加密");
    this.button.addEventListener("click", () => this.run());
    this.build();
  }

  build() {
    this.key = field("签名密钥文件", { type: "file", hint: "单位证书的密钥文件（.key）", accept: ".key,.json" });
    this.keyPassword = field("签名密钥的口令", { type: "password", autocomplete: "off" });
    this.files = new Map(this.parts.map((part) => [part.id, field(`${part.title}附件`, {
      type: "file", multiple: true, required: part.id !== "price", hint: "可选多个文件；文件名会一并加密",
    })]));
    this.password = field("解密密钥的新口令", {
      type: "password", autocomplete: "new-password",
      hint: `至少 ${PASSWORD_MIN} 个字符。开标时要用它解密，平台不保存，也无法找回`,
    });
    this.again = field("再输入一次新口令", { type: "password", autocomplete: "new-password" });
    this.place.classList.add("form");
    this.place.replaceChildren(
      band("info", HONEST), this.key.box, this.keyPassword.box, ...this.offer(),
      ...Array.from(this.files.values(), ({ box }) => box), this.password.box, this.again.box,
      element("div", { class: "form-end" }, this.button, this.progress), this.outcome.box,
    );
  }

  offer() {
    if (!this.parts.some((part) => part.id === "price")) return [];
    this.form = this.order.price_form ?? "amount";
    const { label, hint } = FORMS[this.form];
    this.price = field(label, { hint, inputMode: this.form === "text" ? "text" : "decimal" });
    const echo = element("p", { class: "echo" });
    echo.setAttribute("role", "status");
    this.price.box.append(echo);
    this.price.input.addEventListener("input", () => {
      const price = priceOf(this.form, this.price.input.value);
      echo.textContent = price?.amount ? spoken(price.amount.amount) : "";
    });
    this.period = field("工期、交货期或服务期", { required: false });
    this.quality = field("质量承诺", { required: false });
    this.leader = field("项目负责人", { required: false });
    return [this.price.box, this.period.box, this.quality.box, this.leader.box];
  }

  said() {
    const price = priceOf(this.form, this.price.input.value);
    if (!price) throw new Error(FORMS[this.form].wrong);
    return {
      ...price, fields: [], leader: this.leader.input.value.trim(), period: this.period.input.value.trim(),
      quality: this.quality.input.value.trim(),
    };
  }

  async signingKey() {
    const file = this.key.input.files[0];
    if (!file) throw new Error("请选择签名密钥文件");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { about, secret } = await unlock(bytes, this.keyPassword.input.value, "signing");
    if (!about.certificate) throw new Error("签名密钥还没有证书");
    return { certificate: about.certificate, pkcs8: secret };
  }

  payloads(made) {
    return new Map(this.parts.map((part) => {
      const files = [...this.files.get(part.id).input.files];
      if (!files.length && part.id !== "price") throw new Error(`请选择“${part.title}”的附件`);
      return [part.id, part.id === "price" ? bundle(this.said(), files, made) : bundle(null, files)];
    }));
  }

  async run() {
    this.button.disabled = true;
    this.progress.hidden = false;
    try {
      if (this.password.input.value !== this.again.input.value) throw new Error("两次输入的新口令不一致");
      const parts = this.payloads(await device(this.order.plan.lot));
      const total = [...parts.values()].reduce((sum, payload) => sum + payload.size, 1);
      let done = 0;
      this.outcome.say("info", "正在加密，请不要关闭页面……");
      this.hand(await seal({
        order: this.order, parts, key: await this.signingKey(), password: this.password.input.value,
        progress: (bytes) => { done += bytes; this.progress.value = Math.min(1, done / total); },
      }));
    } catch (error) {
      this.outcome.say("stop", error.message, "没有加密");
    } finally {
      this.button.disabled = false;
      this.progress.hidden = true;
    }
  }

  // The envelope goes into the plain file field of the page's own form: there is one door for both ways.
  hand({ package: envelope, sbekey }) {
    const name = `${this.order.bid}-${this.order.gen}`;
    const carried = new DataTransfer();
    carried.items.add(new File([envelope], `${name}.sbe`, { type: "application/octet-stream" }));
    const target = document.getElementById(this.place.dataset.field);
    target.files = carried.files;
    target.dispatchEvent(new Event("change", { bubbles: true }));
    const link = download(`${name}.sbekey`, sbekey);
    this.outcome.say("ok",
      `加密的投标文件 ${name}.sbe 已放入下方的上传栏。请先保存解密密钥：开标时没有它，投标文件无法打开。`,
      "已加密", element("p", {}, link));
    link.focus();
  }
}

for (const place of document.querySelectorAll("[data-seal]")) {
  if (!isAvailable()) {
    place.replaceChildren(band("stop", NO_CRYPTO, "本页无法在线加密"));
  } else {
    fetchJson(place.dataset.seal)
      .then((order) => new SealingPage(place, order))
      .catch((error) => place.replaceChildren(band("stop", error.message, "本页无法在线加密")));
  }
}
