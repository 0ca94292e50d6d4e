/* A half-written form outlives a locked screen: what was typed is sealed by the server for its writer, and put back
   into the same page once that person is in again. Nothing stays in the browser in between. */
(() => {
  "use strict";
  const KEY = "linli.kept";
  const here = location.pathname + location.search;
  const isTyped = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);
  const isChanged = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.options ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue);

  linli.help("form[data-lock]", (lock) => {
    lock.addEventListener("submit", () => {
      const forms = [...document.querySelectorAll("main form[method=post]")];
      const form = forms.find((each) => [...each.elements].some((field) => isTyped(field) && isChanged(field)));
      if (!form) return;
      const fields = [...form.elements].filter((field) => isTyped(field) && (!("checked" in field) || field.checked || !["checkbox", "radio"].includes(field.type)));
      const typed = fields.map((field) => [field.name, field.value]);
      lock.elements.draft.value = JSON.stringify({ path: here, fields: typed });
    });
  });

  linli.help("[data-kept]", (link) => {
    link.addEventListener("click", () => {
      const fields = [...document.querySelectorAll("[data-field]")].map((each) => [each.dataset.field, each.textContent]);
      sessionStorage.setItem(KEY, JSON.stringify({ path: link.getAttribute("href"), fields }));
    });
  });

  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  const { path, fields } = JSON.parse(kept);
  if (path !== here) return;
  for (const [name, value] of fields) {
    for (const field of document.querySelectorAll(`main form[method=post] [name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = field.checked || field.value === value;
      else field.value = value;
    }
  }
})();
