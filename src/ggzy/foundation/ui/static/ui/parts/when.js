// A day may be typed or picked: the picker is the browser's, what stands in the field is ours.
for (const input of document.querySelectorAll("[data-pick]")) {
  const picker = Object.assign(document.createElement("input"), { type: input.dataset.pick, tabIndex: -1 });
  if (!picker.showPicker) continue;
  picker.setAttribute("aria-hidden", "true");
  picker.className = "when-picker";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "选日期" });
  button.className = "button button-quiet";
  const box = document.createElement("span"), isWriting = document.activeElement === input;
  box.className = "when";
  input.replaceWith(box);
  box.append(input, button, picker);
  if (isWriting) input.focus();
  button.addEventListener("click", () => {
    const typed = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/.exec(input.value.trim());
    if (typed) picker.value = picker.type === "date" ? typed[1] : `${typed[1]}T${typed[2] ?? "09:30"}`;
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    input.value = picker.value.replace("T", " ");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
