// Suite W1 over WebCrypto alone: SHA-256, AES-256-GCM, HKDF, ECDSA P-256, PBKDF2, and HPKE base mode
// (RFC 9180: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM).
import { join, number, utf8 } from "./bytes.js";

export const CHUNK = 1024 * 1024;
export const TAG = 16;
const EMPTY = new Uint8Array(0);
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", namedCurve: "P-256" };
const subtle = () => globalThis.crypto.subtle;

export const isAvailable = () => Boolean(globalThis.crypto && globalThis.crypto.subtle);

export async function sha256(...pieces) {
  return new Uint8Array(await subtle().digest("SHA-256", pieces.length === 1 ? pieces[0] : join(...pieces)));
}

async function mac(key, ...pieces) {
  // WebCrypto refuses an empty key; HMAC pads keys with zeros, so a block of zeros is the same key.
  const imported = await subtle().importKey(
    "raw", key.length ? key : new Uint8Array(32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle().sign("HMAC", imported, join(...pieces)));
}

async function expand(pseudorandom, info, size) {
  let derived = EMPTY, block = EMPTY;
  for (let counter = 1; derived.length < size; counter += 1) {
    block = await mac(pseudorandom, block, info, number(counter, 1));
    derived = join(derived, block);
  }
  return derived.slice(0, size);
}

export async function derive(salt, secret, info, size) {
  return expand(await mac(salt, secret), info, size);
}

// AES-256-GCM

const gcm = (nonce) => ({ name: "AES-GCM", iv: nonce, tagLength: 128 });

export async function cipher(key) {
  const imported = await subtle().importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    seal: async (nonce, plaintext) => new Uint8Array(await subtle().encrypt(gcm(nonce), imported, plaintext)),
    unseal: async (nonce, sealed) => new Uint8Array(await subtle().decrypt(gcm(nonce), imported, sealed)),
  };
}

// HPKE

const KEM = join(utf8("KEM"), number(0x0010, 2));
const HPKE = join(utf8("HPKE"), number(0x0010, 2), number(0x0001, 2), number(0x0002, 2));
const VERSION = utf8("HPKE-v1");

const labeledExtract = (id, salt, label, ikm) => mac(salt, VERSION, id, utf8(label), ikm);
const labeledExpand = (id, key, label, info, size) =>
  expand(key, join(number(size, 2), VERSION, id, utf8(label), info), size);

async function keysOf(shared, info) {
  const context = join(
    number(0, 1),
    await labeledExtract(HPKE, EMPTY, "psk_id_hash", EMPTY),
    await labeledExtract(HPKE, EMPTY, "info_hash", info),
  );
  const secret = await labeledExtract(HPKE, shared, "secret", EMPTY);
  return {
    key: await labeledExpand(HPKE, secret, "key", context, 32),
    nonce: await labeledExpand(HPKE, secret, "base_nonce", context, 12),
  };
}

async function agree(privateKey, publicKey, context) {
  const bits = await subtle().deriveBits({ name: "ECDH", public: publicKey }, privateKey, 256);
  const pseudorandom = await labeledExtract(KEM, EMPTY, "eae_prk", new Uint8Array(bits));
  return labeledExpand(KEM, pseudorandom, "shared_secret", context, 32);
}

export async function wrap(publicBytes, message, info) {
  const receiver = await subtle().importKey("raw", publicBytes, CURVE, true, []);
  const ephemeral = await subtle().generateKey(CURVE, true, ["deriveBits"]);
  const enc = new Uint8Array(await subtle().exportKey("raw", ephemeral.publicKey));
  const { key, nonce } = await keysOf(
    await agree(ephemeral.privateKey, receiver, join(enc, publicBytes)), info);
  return join(enc, await (await cipher(key)).seal(nonce, message));
}

// ECDSA: WebCrypto gives r ‖ s, certificates and Python speak DER.

function integer(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const short = bytes.slice(start);
  const body = short[0] & 0x80 ? join(number(0, 1), short) : short;
  return join(new Uint8Array([0x02, body.length]), body);
}

export function der(raw) {
  const body = join(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return join(new Uint8Array([0x30, body.length]), body);
}

export async function sign(pkcs8, message) {
  const key = await subtle().importKey("pkcs8", pkcs8, SIGNING, false, ["sign"]);
  return der(new Uint8Array(await subtle().sign({ name: "ECDSA", hash: "SHA-256" }, key, message)));
}

export async function stretch(password, salt, rounds) {
  const key = await subtle().importKey("raw", utf8(password), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return new Uint8Array(await subtle().deriveBits(how, key, 256));
}
