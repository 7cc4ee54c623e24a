// The digest of a dropped file is computed here; the file itself never leaves the device.
for (const box of document.querySelectorAll("[data-digest]")) {
  const file = box.querySelector("input[type=file]");
  const said = box.querySelector("[data-said]");
  const target = document.getElementById(box.dataset.digest);
  box.hidden = false;
  if (!crypto.subtle) { file.disabled = true; said.textContent = "浏览器只在 https 地址或本机地址上提供摘要计算，请改为直接填写摘要。"; continue; }
  const take = async () => {
    if (!file.files.length) return;
    said.textContent = "正在计算摘要……";
    const sum = await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer());
    target.value = "sha256:" + [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, "0")).join("");
    said.textContent = "摘要已填入上面的输入框，文件没有上传。";
    target.form.requestSubmit();
  };
  file.addEventListener("change", take);
  if (!target.value) take(); // chosen before this came
}
