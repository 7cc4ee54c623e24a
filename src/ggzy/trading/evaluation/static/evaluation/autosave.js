// Saves the form of one criterion while it is written; without script the button does the same.
const form = document.querySelector("[data-autosave]");
const status = document.querySelector("[data-saved]");
let timer = 0;

async function save() {
  const answer = await fetch(location.href, { method: "POST", body: new FormData(form), redirect: "manual" });
  const isSaved = answer.type === "opaqueredirect";
  const time = new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  status.textContent = isSaved ? `已保存 ${time}` : "未保存，请核对填写内容";
}

if (form && status) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    status.textContent = "正在保存";
    timer = setTimeout(save, 800);
  });
}
