// What a page may do beyond its HTML. Everything works without it.
import "./parts/clock.js";

const wanted = [
  ["[data-echo]", "./parts/amount.js"],
  ["[data-digest]", "./parts/digest.js"],
  ["[data-refresh]", "./parts/refresh.js"],
  ["[data-live]", "./parts/watch.js"],
  ["[data-pick]", "./parts/when.js"],
  ["input[type=file]", "./parts/file.js"],
];
for (const [selector, module] of wanted) {
  if (document.querySelector(selector)) import(module);
}
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
