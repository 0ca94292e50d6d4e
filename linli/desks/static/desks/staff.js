/* Small helps on staff's pages: a standard reply goes into the words, an act's form takes the focus, a slip is printed. */
(() => {
  "use strict";
  linli.help("select[data-reply]", (select) => {
    select.addEventListener("change", () => {
      const words = document.getElementById(select.dataset.reply);
      if (!select.value || !words) return;
      const said = select.selectedOptions[0].textContent.trim();
      words.value = words.value.trim() ? `${words.value.trim()}\n${said}` : said;
      select.value = "";
      words.focus();
    });
  });
  linli.help("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelector("#act :is(input:not([type=hidden]), select, textarea)")?.focus();
  });
})();
