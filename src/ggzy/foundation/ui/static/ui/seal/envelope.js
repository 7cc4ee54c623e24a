// The sealed bid envelope ggzy.sbe/1, byte for byte the one that the platform's own tools make.
import { base64url, fresh, fromBase64url, hex, isSame, join, number, utf8 } from "./bytes.js";
import { canonical, instant } from "./canon.js";
import * as keyfile from "./keyfile.js";
import { Root } from "./merkle.js";
import { split } from "./shamir.js";
import { CHUNK, cipher, derive, sha256, sign, wrap } from "./suite.js";

export const CLIENT = { build: "browser", name: "ggzy-page", version: "1.1.0" };
const MAGIC = utf8("ggzy.sbe/1\n");
const EMPTY = new Uint8Array(0);
const label = (name, context) => join(utf8(`ggzy.sbe/1 ${name}`), context);

export const digest = async (bytes) => `sha256:${hex(await sha256(bytes))}`;

function contextOf(place) {
  return sha256(utf8("ggzy.sbe/1 ctx"), canonical(place));
}

export function bidderSecret(master, context) {
  return derive(EMPTY, master, label("sb", context), 32);
}

// A part's payload: the index, then the files one after another. Nothing is read before its turn.
export function bundle(offer, files, device = null) {
  const index = canonical({
    files: files.map((file) => ({ name: file.name, size: file.size })), fmt: "ggzy.part/1", offer,
    ...(device ? { device } : {}),
  });
  return new Blob([number(index.length, 4), index, ...files]);
}

const read = async (blob, from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer());

// Chunks of the container: length, payload, zeros up to a multiple of `pad`.
async function* framed(payload, size) {
  const head = number(payload.size, 8);
  for (let place = 0; place < size; place += CHUNK) {
    const end = Math.min(place + CHUNK, size);
    const chunk = new Uint8Array(end - place);
    if (place === 0) chunk.set(head);
    const from = Math.max(place, 8);
    if (from < end) chunk.set(await read(payload, from - 8, end - 8), from - place);
    yield chunk;
  }
}

async function plainRoot(payload) {
  const root = new Root();
  for (let place = 0; place < payload.size; place += CHUNK) {
    await root.add(await read(payload, place, place + CHUNK));
  }
  return root.value();
}

async function deal(plan, secret, context) {
  const shares = split(secret, plan.threshold, plan.custodians.length);
  return Promise.all(plan.custodians.map(async ({ x, pub }) => {
    const record = join(number(1, 1), number(x, 1), shares.get(x), fresh(16), context.slice(0, 16));
    return {
      ct: base64url(await wrap(fromBase64url(pub), record, context)),
      h: hex(await sha256(utf8("ggzy.share/1"), record)),
      x,
    };
  }));
}

async function encrypt(payload, size, key, prefix, progress) {
  const sealer = await cipher(key), root = new Root(), chunks = [], count = Math.ceil(size / CHUNK);
  for await (const chunk of framed(payload, size)) {
    const index = chunks.length;
    const nonce = join(prefix, number(index, 4), number(index === count - 1 ? 1 : 0, 1));
    const sealed = await sealer.seal(nonce, chunk);
    await root.add(sealed);
    chunks.push(new Blob([sealed]));
    progress(chunk.length);
  }
  return { chunks, root: hex(await root.value()) };
}

async function sealPart({ plan, place, stage, part, payload, master, progress }) {
  const context = await contextOf({ ...place, part: part.id });
  const salt = fresh(32);
  const custodians = plan.policy.includes("K") ? fresh(32) : EMPTY;
  const own = plan.policy.includes("B") ? await bidderSecret(master, context) : EMPTY;
  const material = await derive(salt, join(custodians, own), label("stream", context), 32 + 7 + 32);
  const size = Math.ceil((8 + payload.size) / part.pad) * part.pad;
  const { chunks, root } = await encrypt(payload, size, material.slice(0, 32), material.slice(32, 39), progress);
  const check = async (name, secret) =>
    (secret.length ? base64url(await derive(salt, secret, label(name, context), 32)) : null);
  const blind = await derive(salt, custodians.length ? custodians : own, label("plain", context), 32);
  const commitment = await sha256(number(3, 1), blind, number(payload.size, 8), await plainRoot(payload));
  const sealed = {
    bidder_slots: own.length ? [{ kind: "file" }] : [],
    commit: base64url(material.slice(39)),
    hb: await check("hb", own),
    hc: await check("hc", custodians),
    id: part.id,
    n: chunks.length,
    plain_commit: hex(commitment),
    root,
    salt: base64url(salt),
    shares: custodians.length ? await deal(plan, custodians, context) : [],
    size,
    stage,
  };
  return { sealed, chunks };
}

// order: the platform's ggzy.seal/1; parts: Map of part id to payload Blob; key: {pkcs8, certificate (PEM)}.
export async function seal({ order, parts, key, password, made = new Date(), progress = () => {} }) {
  const { plan } = order;
  if (plan.suite !== "W1") throw new Error(`本页不支持密码套件 ${plan.suite}，请使用离线工具`);
  const master = fresh(32);
  const planDigest = await digest(canonical(plan));
  const place = { bid: order.bid, gen: order.gen, lot: plan.lot, plan: planDigest, round: plan.round, suite: "W1" };
  const sealed = [], chunks = [];
  for (const stage of plan.stages) {
    for (const part of stage.parts) {
      const payload = parts.get(part.id);
      if (!payload) throw new Error(`缺少分册“${part.title}”`);
      if (payload.size > part.bytes_max) throw new Error(`分册“${part.title}”超过大小上限`);
      const done = await sealPart({ plan, place, stage: stage.id, part, payload, master, progress });
      sealed.push(done.sealed);
      chunks.push(...done.chunks);
    }
  }
  const manifest = canonical({
    bid: order.bid, bidder: { cert: await fingerprint(key.certificate), org: order.bidder }, client: CLIENT,
    documents: order.documents, fmt: "ggzy.sbe/1", gen: order.gen, lot: plan.lot, made: instant(made),
    parts: sealed, plan: planDigest, prev: order.prev, round: plan.round, suite: "W1",
  });
  const signature = await sign(key.pkcs8, join(utf8("ggzy.sbe/1 manifest\n"), manifest));
  const certificate = utf8(key.certificate);
  const pieces = [manifest, signature, certificate].flatMap((piece) => [number(piece.length, 4), piece]);
  const about = {
    bid: order.bid, gen: order.gen, lot: plan.lot, manifest: await digest(manifest), round: plan.round,
  };
  return {
    manifest,
    package: new Blob([MAGIC, ...pieces, ...chunks]),
    sbekey: await keyfile.lock("bid", about, master, password),
  };
}

export async function fingerprint(certificate) {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(certificate);
  if (!body) throw new Error("签名密钥还没有证书");
  const bytes = Uint8Array.from(atob(body[1].replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
  return hex(await sha256(bytes));
}

// What the bidder releases at the opening: the secret of each part named, checked against the manifest.
export async function release({ manifest, parts, sbekey, password }) {
  const { about, secret } = await keyfile.unlock(sbekey, password, "bid");
  if (about.manifest !== await digest(manifest)) throw new Error("这个解密密钥属于另一份投标文件");
  const said = JSON.parse(new TextDecoder().decode(manifest));
  const { bid, gen, lot, plan, round, suite } = said;
  const released = {};
  for (const id of parts) {
    const part = said.parts.find((one) => one.id === id);
    const context = await contextOf({ bid, gen, lot, part: id, plan, round, suite });
    const own = await bidderSecret(secret, context);
    const found = await derive(fromBase64url(part.salt), own, label("hb", context), 32);
    if (!isSame(found, fromBase64url(part.hb))) throw new Error(`解密密钥与分册“${id}”不符`);
    released[id] = base64url(own);
  }
  return released;
}
