/* Linli in the browser: small helps on pages that work without them. Nothing here decides anything. */
(() => {
  "use strict";
  const helps = [];
  const linli = (window.linli = {
    /** Registers a help: a selector and what to do, once, with each element that it finds, now and after a swap. */
    help(selector, act) { helps.push([selector, act, new WeakSet()]); },
    enhance(root) {
      for (const [selector, act, seen] of helps) {
        const found = [...root.querySelectorAll(selector)];
        if (root.matches?.(selector)) found.unshift(root);
        for (const element of found) if (!seen.has(element)) { seen.add(element); act(element); }
      }
    },
    /** Says something at the foot of the page. `words` is text; `href` makes it a link. */
    toast(words, kind = "info", href = "") {
      const box = document.createElement("div");
      box.className = `toast ${kind}`;
      const line = document.createElement(href ? "a" : "p");
      line.textContent = words;
      if (href) line.href = href;
      box.append(line);
      document.querySelector(".toasts")?.append(box);
      if (!href) setTimeout(() => box.remove(), 8000);
    },
    /** The sentence of this page's language for a key. */
    say(key, number) {
      const tag = document.documentElement.lang.slice(0, 2);
      return (WORDS[key][tag] || WORDS[key].zh).replace("#", number ?? "");
    },
  });
  const WORDS = {
    shrinking: { zh: "照片正在变小……", bo: "པར་ཆུང་དུ་གཏོང་བཞིན་པ།", en: "Making the photos smaller…" },
    kept: { zh: "写的内容存在这部手机上了", bo: "བྲིས་པ་རྣམས་ཁ་པར་འདིར་ཉར་ཡོད།", en: "Kept on this phone" },
    sending: { zh: "正在送……", bo: "གཏོང་བཞིན་པ།", en: "Sending…" },
    waiting: {
      zh: "待发送：现在没有网。留在这部手机上，有网就自动送出，只送一次。",
      bo: "གཏོང་རྒྱུ་སྒུག་བཞིན་པ། དྲ་རྒྱ་མེད། དྲ་རྒྱ་བྱུང་ན་རང་འགུལ་གྱིས་ཐེངས་གཅིག་ལས་གཏོང་གི་མིན།",
      en: "Waiting to be sent: no network now. It stays on this phone and goes out once, by itself, when the network is back.",
    },
    sent: { zh: "刚才没送出的，已经送到了。点这里看", bo: "སྔོན་མ་མ་ཕྱིན་པ་དེ་འབྱོར་སོང་། འདི་ནས་གཟིགས།", en: "What was waiting has been sent. See it here" },
    fix: { zh: "没有送成：有几处要改。点这里改", bo: "མ་ཕྱིན། བཅོས་དགོས་པ་འདུག འདི་ནས་བཅོས།", en: "Not sent: something needs changing. Change it here" },
    drop: { zh: "清掉", bo: "སུབ་པ།", en: "Discard" },
  };

  linli.help("[data-focus]", (box) => box.focus());
  linli.help("[data-needs-script]", (box) => { if (navigator.mediaDevices && window.MediaRecorder) box.hidden = false; });

  linli.help("[data-copy]", (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      linli.toast(button.dataset.wordsDone, "success");
    });
  });

  linli.help("[data-stepper]", (box) => {
    const input = box.querySelector("input");
    const step = (act) => { act.call(input); input.dispatchEvent(new Event("input", { bubbles: true })); };
    for (const [name, act] of [["less", input.stepDown], ["more", input.stepUp]]) {
      const button = box.querySelector(`[data-${name}]`);
      button.hidden = false;
      button.addEventListener("click", () => step(act));
    }
  });

  /** Makes a photo small enough for a weak line: at most 1,600 pixels, JPEG. What cannot be read stays as it is. */
  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 400_000) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const ratio = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.round(picture.width * ratio), Math.round(picture.height * ratio)];
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch { return file; }
  };

  linli.help("[data-photos]", (box) => {
    const input = box.querySelector("input[name]");
    const shown = box.querySelector("[data-previews]");
    const status = box.querySelector("[data-photo-status]");
    const most = Number(input.dataset.most || 9);
    let photos = [];
    const put = (changed = true) => {
      const bag = new DataTransfer();
      photos.forEach((photo) => bag.items.add(photo));
      input.files = bag.files;
      shown.querySelectorAll("img").forEach((img) => URL.revokeObjectURL(img.src));
      shown.replaceChildren(...photos.map((photo, number) => {
        const item = document.createElement("li");
        const img = document.createElement("img");
        img.src = URL.createObjectURL(photo);
        img.alt = photo.name;
        const away = document.createElement("button");
        away.type = "button";
        away.textContent = "×";
        away.setAttribute("aria-label", box.dataset.wordsRemove.replace("#", number + 1));
        away.addEventListener("click", () => { photos.splice(number, 1); put(); box.querySelector("input[data-picked]").focus(); });
        item.append(img, away);
        return item;
      }));
      shown.hidden = !photos.length;
      if (changed) input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const take = async (files) => {
      status.textContent = linli.say("shrinking");
      for (const file of files) if (photos.length < most) photos.push(await shrink(file));
      status.textContent = photos.length >= most ? box.dataset.wordsFull.replace("#", most) : "";
      put();
    };
    for (const taker of box.querySelectorAll(".take")) {
      const own = taker.querySelector("input");
      taker.hidden = own.hasAttribute("data-shot") && !matchMedia("(pointer: coarse)").matches;
      own.addEventListener("input", (event) => event.stopPropagation());
      own.addEventListener("change", () => { take([...own.files]); own.value = ""; });
    }
    input.hidden = true;
    const label = box.closest(".field")?.querySelector("label[for]");
    if (label && input.id) label.htmlFor = box.querySelector("[data-picked]").id = `${input.id}_picked`;
    input.addEventListener("linli:put", () => { photos = [...input.files]; put(false); });
  });

  linli.help("[data-voice]", (box) => {
    const input = box.querySelector("input");
    const [button, drop] = [box.querySelector("[data-record]"), box.querySelector("[data-drop]")];
    const [audio, status, words] = [box.querySelector("audio"), box.querySelector("[data-voice-status]"), button.querySelector("span")];
    let recorder = null;
    const put = (files, changed = true) => {
      const bag = new DataTransfer();
      files.forEach((file) => bag.items.add(file));
      input.files = bag.files;
      if (audio.src) URL.revokeObjectURL(audio.src);
      audio.hidden = drop.hidden = !files.length;
      if (files.length) audio.src = URL.createObjectURL(files[0]); else audio.removeAttribute("src");
      if (changed) input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const record = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      recorder.addEventListener("stop", () => {
        stream.getTracks().forEach((track) => track.stop());
        const type = recorder.mimeType.split(";")[0] || "audio/webm";
        put([new File(parts, `voice.${type.split("/")[1]}`, { type })]);
        recorder = null;
        button.setAttribute("aria-pressed", "false");
        words.textContent = box.dataset.wordsOff;
      });
      recorder.start();
      button.setAttribute("aria-pressed", "true");
      words.textContent = box.dataset.wordsOn;
      setTimeout(() => recorder?.state === "recording" && recorder.stop(), Number(box.dataset.seconds) * 1000);
    };
    button.addEventListener("click", () => {
      status.textContent = "";
      if (recorder) recorder.stop(); else record().catch(() => { status.textContent = box.dataset.wordsNo; });
    });
    drop.addEventListener("click", () => { put([]); button.focus(); });
    input.addEventListener("linli:put", () => put([...input.files], false));
  });

  /** Lists from the keyboard: j and k go down and up, Enter opens, / goes to the search field, a letter presses its button. */
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
  const items = () => [...document.querySelectorAll("[data-keys] > :is(li, tr)")];
  const go = (way) => {
    const all = items();
    const at = all.findIndex((item) => item.classList.contains("at") || item.contains(document.activeElement));
    const next = all[Math.max(0, Math.min(all.length - 1, at + way))];
    if (!next) return;
    all.forEach((item) => item.classList.toggle("at", item === next));
    const link = next.querySelector("a[href], button");
    link?.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const open = event.target.closest("details[open].choose, details[open].dialog");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "j" || event.key === "k") { if (items().length) { event.preventDefault(); go(event.key === "j" ? 1 : -1); } return; }
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    if (event.key === "Enter" && event.target !== document.body && event.target.id !== "main") return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[open].choose").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("DOMContentLoaded", () => {
    linli.enhance(document);
  });
  document.addEventListener("htmx:load", (event) => linli.enhance(event.target));
})();
