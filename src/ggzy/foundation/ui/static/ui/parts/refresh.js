// A live region asks for its own page every few seconds and replaces itself; it says when the line is lost.
for (const box of document.querySelectorAll("[data-refresh]")) {
  const lost = document.querySelector(`[data-lost="${box.id}"]`);
  setInterval(async () => {
    if (document.hidden || box.contains(document.activeElement)) return;
    try {
      const answer = await fetch(location.href, { headers: { "X-Part": box.id } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(box.id);
      if (fresh) box.innerHTML = fresh.innerHTML;
      if (lost) lost.hidden = true;
    } catch {
      if (!lost || !lost.hidden) return;
      lost.hidden = false;
      lost.textContent = `与平台的连接中断于 ${new Date().toLocaleTimeString("zh-CN", { hour12: false })}，以下为当时的状态，正在重连。`;
    }
  }, 1000 * Number(box.dataset.refresh || 5));
}
