// A file field in the page's own language: the browser's lies over it, unseen, and still takes clicks, keys and drops.
export function dress(input) {
  if (input.closest(".file")) return;
  const make = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
  const face = make("file", ""), names = make("file-names", "");
  const tell = () => {
    const chosen = [...input.files].map((file) => file.name);
    const none = input.multiple ? "未选择文件，可以选多个" : "未选择文件";
    names.textContent = chosen.length ? chosen.join("、") : none;
  };
  input.replaceWith(face);
  face.append(input, make("file-button", "选择文件"), names);
  input.addEventListener("change", tell);
  tell();
}

for (const input of document.querySelectorAll("input[type=file]")) dress(input);
