// 连线: how a page hears from its room, and how a press gets there.
//
// Who watches listens to server-sent events, who bids to a WebSocket; where neither comes through, the page asks
// the platform's own state every two seconds and a press goes by a plain request. A press that has no answer yet
// is sent again under the same name: the room counts it once.
const POLL = 2000, QUIET = 20000, AGAIN = 3000, PING = 10000, RETRY = [300, 1000, 2000, 4000, 8000];
const FINAL = new Set([200, 400, 401, 403, 409, 429]), STRANGERS = [4401, 4403];

export function connect({ base, lot, door, bids, hear, lamp }) {
  const flying = new Map(); // press → { said, done, at }
  let address = door, socket = null, source = null, poll = 0, tries = 0, heard = performance.now(), head = 0;

  const ask = async (name) => {
    const answer = await fetch(base + name, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  function got(message) {
    heard = performance.now();
    if (message.kind === "tick") {
      if (message.state.head < head) return; // an older answer that took longer
      head = message.state.head;
      hear.tick(message);
    } else if (message.kind === "answer") answered(message);
    else if (message.kind === "self") hear.self(message);
  }

  function settle(answer, press = answer.press) {
    const one = flying.get(press);
    if (!one) return;
    flying.delete(press);
    one.done(answer);
  }

  // An answer that names no press is about the line itself: unless the room is only away, about all that is in flight.
  function answered(answer) {
    if (answer.press) settle(answer);
    else if (answer.reasons.every((one) => one.code !== "away")) for (const press of [...flying.keys()]) settle(answer, press);
  }

  function polling(on) {
    clearInterval(poll);
    poll = on ? setInterval(state, POLL) : 0;
  }

  async function state() {
    try {
      got(await ask("state.json"));
      if (poll) lamp("poll");
    } catch { lamp("lost"); }
  }

  function alive() {
    tries = 0;
    polling(false);
    lamp("live");
    for (const one of flying.values()) send(one);
  }

  function lost() {
    socket = source = null;
    if (!poll) {
      lamp("lost");
      polling(true);
      state();
    }
    const wait = RETRY[Math.min(tries, RETRY.length - 1)];
    tries += 1;
    setTimeout(open, wait + Math.random() * wait);
  }

  async function open() {
    if (socket || source) return;
    if (!address || tries > 1) address = await ask("door.json").then((told) => told.door, () => "");
    if (!address) {
      if (!poll) { polling(true); state(); }
      setTimeout(open, POLL * (1 + Math.random()));
      return;
    }
    if (bids && (tries < 3 || tries % 4 === 0)) openSocket(); else openSource();
  }

  function openSocket() {
    const mine = socket = new WebSocket(`${address.replace(/^http/, "ws")}/rooms/${lot}/bid`);
    mine.onopen = alive;
    mine.onmessage = (said) => { lamp("live"); got(JSON.parse(said.data)); };
    mine.onclose = ({ code, reason }) => {
      if (STRANGERS.includes(code)) { bids = false; hear.shut(reason); } // from here on it only watches
      if (socket === mine) lost();
    };
  }

  function openSource() {
    const mine = source = new EventSource(`${address}/rooms/${lot}/watch`);
    mine.onopen = alive;
    mine.addEventListener("tick", (said) => got(JSON.parse(said.data)));
    mine.onerror = () => { mine.close(); if (source === mine) lost(); };
  }

  function send(one) {
    one.at = performance.now();
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(one.said));
    else post(one.said);
  }

  async function post(said) {
    if (!address) return; // sent as soon as there is a door again
    try {
      const answer = await fetch(`${address}/rooms/${lot}/offers`, {
        method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said),
      });
      if (FINAL.has(answer.status)) settle(await answer.json(), said.press);
      else if (answer.status === 421) address = (await ask("door.json")).door;
    } catch { /* it stays in flight */ }
  }

  setInterval(() => {
    const now = performance.now();
    for (const one of flying.values()) if (now - one.at > AGAIN) { hear.slow(one.said.press); send(one); }
    if (!poll && now - heard > QUIET) quiet();
  }, 1000);
  const ping = () => { if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ ping: Date.now() })); };
  setInterval(ping, PING);

  // Nothing was heard for long: either nothing happens, or the line is dead and does not say so.
  async function quiet() {
    heard = performance.now();
    const before = head;
    await state();
    if (head === before) return;
    if (socket) socket.close();
    if (source) { source.close(); lost(); }
  }

  window.addEventListener("offline", () => lamp("lost"));
  // A line may have outlived the net: a socket is asked, a stream that cannot be asked is opened anew.
  window.addEventListener("online", () => {
    tries = 0;
    ping();
    if (source) { source.close(); lost(); } else open();
  });
  open();
  return {
    ask,
    press: (said) => new Promise((done) => {
      const one = { said, done, at: 0 };
      flying.set(said.press, one);
      send(one);
    }),
  };
}

export const newPress = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
