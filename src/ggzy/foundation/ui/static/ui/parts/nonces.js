// Nonces are made in the giver's own browser: the platform learns a nonce only when it is revealed.
const LABEL = "ggzy.draw.commit/1";
const place = document.querySelector("[data-nonces]");
const { draw, party, turn, turns, nonces: mode } = place.dataset;
const storeKey = `nonces/${draw}/${party}`;
const field = place.parentElement.querySelector("textarea");
const hex = (bytes) => [...bytes].map((value) => value.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g).map((pair) => parseInt(pair, 16)));
const encode = (text) => new TextEncoder().encode(text);
const prefixed = (text) => {
  const bytes = encode(text);
  return [bytes.length >> 8, bytes.length & 255, ...bytes];
};

async function commitment(number, nonce) {
  const data = Uint8Array.from([...encode(LABEL), ...prefixed(draw), ...prefixed(party), number, ...nonce]);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data)));
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  place.append(made);
}

function say(words) {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.textContent = words;
  place.append(line);
}

function download(lines) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/plain" }));
  link.download = `随机数-${party}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}

if (mode === "commit") {
  button("在本机生成随机数并计算承诺", async () => {
    const nonces = Array.from({ length: Number(turns) }, () => crypto.getRandomValues(new Uint8Array(32)));
    const lines = nonces.map(hex);
    localStorage.setItem(storeKey, JSON.stringify(lines));
    download(lines);
    const commitments = await Promise.all(nonces.map((nonce, number) => commitment(number, nonce)));
    field.value = commitments.join("\n");
    say(`已生成 ${nonces.length} 个随机数，文件已保存到本机。请提交承诺。`);
  });
} else {
  const fill = async (lines) => {
    const line = (lines[Number(turn)] || "").trim();
    if (!/^[0-9a-f]{64}$/.test(line)) return say("文件中没有本轮的随机数。");
    field.value = line;
    say(`已填入第 ${turn} 轮随机数，承诺值 ${await commitment(Number(turn), unhex(line))}`);
  };
  const kept = localStorage.getItem(storeKey);
  if (kept) button("填入本机保存的随机数", () => fill(JSON.parse(kept)));
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = ".txt";
  picker.setAttribute("aria-label", "选择随机数文件");
  picker.addEventListener("change", async () => fill((await picker.files[0].text()).split("\n")));
  place.append(picker);
}
