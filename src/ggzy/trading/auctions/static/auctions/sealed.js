// 密封报价: sealed in this browser to the custodians of the notice, so that nobody reads it before all are opened.
// The file is handed in first; the press then names it by its digest.
import { hex } from "../ui/seal/bytes.js";
import { bundle, seal } from "../ui/seal/envelope.js";
import { unlock } from "../ui/seal/keyfile.js";
import { NO_CRYPTO } from "../ui/seal/parts.js";
import { priceOf } from "../ui/seal/price.js";
import { isAvailable } from "../ui/seal/suite.js";

async function answerOf(answer) {
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.reasons?.join("；") ?? `平台未受理（${answer.status}），请刷新页面后重试`);
  return said;
}

// The digest under which the platform holds the sealed offer, given as it is written.
export async function sealedOffer(form, written) {
  if (!isAvailable()) throw new Error(NO_CRYPTO);
  const file = form.querySelector("[data-key]").files[0];
  if (!file) throw new Error("请选择签名密钥文件");
  const key = await unlock(new Uint8Array(await file.arrayBuffer()), form.querySelector("[data-password]").value, "signing");
  if (!key.about.certificate) throw new Error("签名密钥还没有证书");
  const order = await answerOf(await fetch(form.dataset.order, { cache: "no-store" }));
  const price = priceOf(order.price_form, written);
  if (price === null) throw new Error(`报价“${written}”写不进报价文件，请减少小数位`);
  const said = { ...price, fields: [], leader: "", period: "", quality: "" };
  const part = order.plan.stages[0].parts[0].id;
  // Custodians alone open it, so the bidder keeps no key of its own.
  const password = hex(crypto.getRandomValues(new Uint8Array(16)));
  const made = await seal({
    order, parts: new Map([[part, bundle(said, [])]]), password,
    key: { certificate: key.about.certificate, pkcs8: key.secret },
  });
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token };
  const { digest } = await answerOf(await fetch(form.dataset.hold, { method: "POST", headers, body: made.package }));
  return digest;
}
