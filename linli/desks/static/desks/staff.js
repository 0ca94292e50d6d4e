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
  /* Boxes over faces and plates: dragged on the picture, kept as its own pixels; the server paints them. */
  linli.help("[data-boxes]", (place) => {
    const svg = place.querySelector("svg");
    const layer = svg.querySelector("g");
    const input = place.querySelector("input");
    const undo = place.querySelector("[data-undo]");
    const boxes = input.value ? input.value.split(";").map((one) => one.split(",").map(Number)) : [];
    const draw = () => {
      layer.replaceChildren(...boxes.map(([left, top, right, bottom]) => {
        const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const told = { x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) };
        Object.entries(told).forEach(([name, value]) => box.setAttribute(name, value));
        return box;
      }));
      input.value = boxes.map((box) => box.join(",")).join(";");
      undo.hidden = !boxes.length;
    };
    const at = (event) => {
      const frame = svg.getBoundingClientRect();
      const view = svg.viewBox.baseVal;
      return [(event.clientX - frame.left) * view.width / frame.width, (event.clientY - frame.top) * view.height / frame.height].map(Math.round);
    };
    let box = null;
    svg.addEventListener("pointerdown", (event) => {
      svg.setPointerCapture(event.pointerId);
      box = [...at(event), ...at(event)];
      boxes.push(box);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => { if (box) { box.splice(2, 2, ...at(event)); draw(); } });
    svg.addEventListener("pointerup", () => { box = null; });
    /* From the keyboard: Enter lays a box in the middle, arrows move it, with shift they stretch it. */
    svg.addEventListener("keydown", (event) => {
      const view = svg.viewBox.baseVal;
      const step = Math.round(view.width / 40);
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      const last = boxes.at(-1);
      if (event.key === "Enter") {
        boxes.push([0.4, 0.4, 0.6, 0.6].map((part, side) => Math.round(part * (side % 2 ? view.height : view.width))));
      } else if (moves[event.key] && last) {
        const [across, down] = moves[event.key];
        if (!event.shiftKey) { last[0] += across; last[1] += down; }
        last[2] += across; last[3] += down;
      } else return;
      event.preventDefault();
      event.stopPropagation();
      draw();
    });
    undo.addEventListener("click", () => { boxes.pop(); draw(); });
    draw();
  });
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelector("#act :is(input:not([type=hidden]), select, textarea)")?.focus();
  });
})();
