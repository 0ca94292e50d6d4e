/* Drafts: what somebody writes stays on this phone until it has arrived, once. The form's own key (data-draft-key)
   lets the server tell a second sending from a second report. Works only where the page already works without it. */
(() => {
  "use strict";
  const { linli } = window;
  const DAY = 24 * 3600 * 1000;
  const KEPT = 7 * DAY;

  /* The store: one row per form name and address. A browser that refuses it just has no drafts. */
  const opened = new Promise((done, fail) => {
    if (!window.indexedDB) { fail(new Error("no store")); return; }
    const ask = indexedDB.open("linli", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("drafts", { keyPath: "name" });
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  opened.catch(() => {});
  const store = async (mode, act) => {
    const base = await opened;
    return new Promise((done, fail) => {
      const work = base.transaction("drafts", mode);
      const ask = act(work.objectStore("drafts"));
      work.oncomplete = () => done(ask.result);
      work.onerror = work.onabort = () => fail(work.error);
    });
  };
  const drafts = {
    get: (name) => store("readonly", (rows) => rows.get(name)).catch(() => undefined),
    all: () => store("readonly", (rows) => rows.getAll()).catch(() => []),
    put: (draft) => store("readwrite", (rows) => rows.put(draft)).catch(() => undefined),
    drop: (name) => store("readwrite", (rows) => rows.delete(name)).catch(() => undefined),
  };

  const fields = (form, submitter) => {
    const kept = [];
    for (const [name, value] of new FormData(form, submitter)) {
      if (name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size)) kept.push([name, value]);
    }
    return kept;
  };
  const bodyOf = (draft) => {
    const body = new FormData();
    for (const [name, value] of draft.fields) body.append(name, value);
    body.append("csrfmiddlewaretoken", draft.token);
    return body;
  };
  const tokenIn = (page) => page.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  /** Sends a draft. Yields the answer, or null when the line failed; a stale token is renewed once. */
  const post = async (draft) => {
    const once = () => fetch(draft.action, { method: "POST", body: bodyOf(draft), credentials: "same-origin", headers: { "X-Linli-Draft": "1" } });
    try {
      let answer = await once();
      if (answer.status === 403) {
        const page = await fetch(draft.page, { credentials: "same-origin" });
        const token = tokenIn(new DOMParser().parseFromString(await page.text(), "text/html"));
        if (token && token !== draft.token) { draft.token = token; answer = await once(); }
      }
      return answer.status >= 500 ? null : answer;
    } catch { return null; }
  };

  /** One tab sends at a time. */
  const alone = (act) => (navigator.locks ? navigator.locks.request("linli-drafts", act) : act());

  const fill = (form, draft) => {
    const files = new Map();
    const values = new Map();
    for (const [name, value] of draft.fields) {
      const kind = value instanceof File ? files : values;
      kind.set(name, [...(kind.get(name) || []), value]);
    }
    for (const control of form.elements) {
      if (!control.name || control.name === "csrfmiddlewaretoken") continue;
      if (control.type === "file") {
        const bag = new DataTransfer();
        (files.get(control.name) || []).forEach((file) => bag.items.add(file));
        control.files = bag.files;
        control.dispatchEvent(new Event("linli:put"));
      } else if (control.type === "checkbox" || control.type === "radio") {
        control.checked = (values.get(control.name) || []).includes(control.value);
      } else if (values.has(control.name) && control.type !== "submit") {
        [control.value] = values.get(control.name);
      }
    }
  };

  linli.help("form[data-draft]", async (form) => {
    const page = location.pathname + location.search;
    const name = `${form.dataset.draft} ${form.getAttribute("action") || location.pathname}`;
    const status = document.createElement("p");
    status.className = "draft";
    status.setAttribute("role", "status");
    form.append(status);
    let timer = 0;
    let busy = false;
    const show = (key) => {
      status.classList.toggle("waiting", key === "waiting");
      status.replaceChildren(key ? linli.say(key) : "");
      if (key !== "kept" && key !== "waiting") return;
      const away = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: linli.say("drop") });
      away.addEventListener("click", async () => { clearTimeout(timer); await drafts.drop(name); location.assign(page); });
      status.append(away);
    };
    const keep = async (state, submitter) => {
      const draft = { name, page, action: form.action, token: tokenIn(form), fields: fields(form, submitter), state, at: Date.now() };
      await drafts.put(draft);
      return draft;
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(async () => { if (!busy) { await keep("typed"); show("kept"); } }, 400); };

    const known = await drafts.get(name);
    const answered = form.querySelector("[aria-invalid=true]") || document.querySelector(".errors");
    if (known && !answered && Date.now() - known.at < KEPT) { fill(form, known); show(known.state === "waiting" ? "waiting" : "kept"); }
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    document.addEventListener("linli:sent", (event) => { if (event.detail.name === name) location.assign(event.detail.url); });

    form.addEventListener("submit", async (event) => {
      if (event.submitter?.hasAttribute("formnovalidate") || event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      const draft = await keep("waiting", event.submitter);
      show("sending");
      const answer = await alone(() => post(draft));
      busy = false;
      if (!answer) { show("waiting"); return; }
      if (answer.redirected) { await drafts.drop(name); location.assign(answer.url); return; }
      const back = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = back.querySelector("main");
      if (!main) { await drafts.drop(name); location.assign(answer.url); return; }
      const kept = await keep("typed");
      document.title = back.title;
      document.querySelector("main").replaceWith(main);
      linli.enhance(main);
      const again = main.querySelector(`form[data-draft="${CSS.escape(form.dataset.draft)}"]`);
      if (again) again.querySelectorAll("input[type=file]").forEach((input) => putFiles(input, kept));
    });
  });

  const putFiles = (input, draft) => {
    const bag = new DataTransfer();
    for (const [name, value] of draft.fields) if (name === input.name && value instanceof File) bag.items.add(value);
    input.files = bag.files;
    input.dispatchEvent(new Event("linli:put"));
  };

  /** Sends what is waiting, from whatever page of ours is open, one after the other. */
  const flush = () => alone(async () => {
    for (const draft of await drafts.all()) {
      if (Date.now() - draft.at > KEPT) { await drafts.drop(draft.name); continue; }
      if (draft.state !== "waiting") continue;
      const answer = await post(draft);
      if (!answer) return;
      if (answer.redirected) {
        await drafts.drop(draft.name);
        linli.toast(linli.say("sent"), "success", answer.url);
        document.dispatchEvent(new CustomEvent("linli:sent", { detail: { name: draft.name, url: answer.url } }));
      } else {
        await drafts.put({ ...draft, state: "typed" });
        linli.toast(linli.say("fix"), "error", draft.page);
      }
    }
  });
  window.addEventListener("online", flush);
  document.addEventListener("DOMContentLoaded", () => { if (navigator.onLine) flush(); });
  setInterval(async () => { if (navigator.onLine && (await drafts.all()).some((draft) => draft.state === "waiting")) flush(); }, 30000);
})();
