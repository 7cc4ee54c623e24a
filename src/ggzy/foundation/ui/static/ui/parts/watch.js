// 进度: asks the server every few seconds and shows what it says; nothing typed is touched.
//
// <section id="…" data-live="what the rest of the page was made for">
const SECONDS = 5;

async function refresh(section) {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(section.id);
  if (!fresh) return;
  if (fresh.dataset.live !== section.dataset.live && !section.querySelector("[data-reload]")) {
    const note = document.createElement("p");
    note.dataset.reload = "";
    note.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = window.location.href;
    link.textContent = "本页内容已有变化，刷新查看";
    note.append(link);
    fresh.append(note);
  }
  section.replaceChildren(...fresh.childNodes);
}

for (const section of document.querySelectorAll("[data-live]")) {
  setInterval(() => {
    if (document.visibilityState === "visible") refresh(section).catch(() => {});
  }, SECONDS * 1000);
}
