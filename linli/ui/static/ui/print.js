// A button that prints, where there are scripts; without them the bar names the keys.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
