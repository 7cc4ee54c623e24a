// Key files: a secret behind a password, the same bytes that the tools read and write.
import { base64url, fresh, fromBase64url, join, utf8 } from "./bytes.js";
import { canonical } from "./canon.js";
import { cipher, derive, stretch } from "./suite.js";

export const ROUNDS = 600000;
export const PASSWORD_MIN = 8;
const ROUNDS_MAX = 10000000;
const LABEL = utf8("ggzy.key/1\n");

async function keyOf(file, password) {
  const { ct, ...header } = file;
  const stretched = await stretch(password, fromBase64url(file.salt), file.rounds);
  return cipher(await derive(new Uint8Array(0), stretched, join(LABEL, canonical(header)), 32));
}

export async function lock(kind, about, secret, password) {
  if ([...password].length < PASSWORD_MIN) throw new Error(`口令至少需要 ${PASSWORD_MIN} 个字符`);
  const nonce = fresh(12);
  const file = {
    fmt: "ggzy.key/1", suite: "W1", kind, rounds: ROUNDS, about: new TextDecoder().decode(canonical(about)),
    salt: base64url(fresh(16)), nonce: base64url(nonce),
  };
  const ct = base64url(await (await keyOf(file, password)).seal(nonce, secret));
  return canonical({ ...file, ct });
}

export async function unlock(bytes, password, kind) {
  let file, about;
  try {
    file = JSON.parse(new TextDecoder().decode(bytes));
    about = JSON.parse(file.about);
  } catch {
    throw new Error("这不是密钥文件，或文件已损坏");
  }
  if (file.fmt !== "ggzy.key/1" || file.suite !== "W1") throw new Error("这不是本平台的密钥文件");
  if (file.kind !== kind) throw new Error("这个密钥文件不是用于此处的");
  if (!(file.rounds > 0 && file.rounds <= ROUNDS_MAX)) throw new Error("密钥文件的参数超出允许范围");
  try {
    const key = await keyOf(file, password);
    return { about, secret: await key.unseal(fromBase64url(file.nonce), fromBase64url(file.ct)) };
  } catch {
    throw new Error("口令不正确，或密钥文件已损坏");
  }
}
