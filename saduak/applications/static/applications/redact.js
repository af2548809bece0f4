/* Draws boxes on the picture of a page, with pointer and keyboard; what counts are the number fields, which it fills. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const PARTS = ["left", "top", "width", "height"];
  const SMALLEST = 0.5;
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const shown = (value) => String(Math.round(value * 100) / 100);

  class Page {
    constructor(element) {
      this.element = element;
      this.svg = element.querySelector("svg");
      this.form = element.closest("form");
      this.rows = this.form.querySelector(".redact-rows");
      this.most = Number(element.dataset.most);
      this.boxes = [...this.svg.querySelectorAll("rect")];
      this.boxes.forEach((box) => this.ready(box));
      const help = this.form.querySelector("[data-redact-help]");
      if (help) help.hidden = false;
      this.svg.setAttribute("tabindex", "0");
      this.svg.setAttribute("role", "group");
      this.svg.addEventListener("pointerdown", (event) => this.down(event));
      this.svg.addEventListener("keydown", (event) => this.key(event));
      this.rows.addEventListener("change", () => this.read());
      this.write();
    }

    at(event) {
      const frame = this.svg.getBoundingClientRect();
      return [clamp(((event.clientX - frame.left) / frame.width) * 100, 0, 100), clamp(((event.clientY - frame.top) / frame.height) * 100, 0, 100)];
    }

    get(box) { return ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name))); }

    set(box, left, top, width, height) {
      const values = [left, top, width, height];
      ["x", "y", "width", "height"].forEach((name, place) => box.setAttribute(name, shown(values[place])));
    }

    add(left, top, width, height) {
      if (this.boxes.length >= this.most) return null;
      const box = document.createElementNS(SVG, "rect");
      this.set(box, left, top, width, height);
      this.svg.append(box);
      this.boxes.push(box);
      this.ready(box);
      return box;
    }

    ready(box) {
      box.setAttribute("tabindex", "0");
      box.setAttribute("role", "img");
    }

    remove(box) {
      const place = this.boxes.indexOf(box);
      this.boxes.splice(place, 1);
      box.remove();
      this.write();
      (this.boxes[Math.max(0, place - 1)] || this.svg).focus();
    }

    down(event) {
      if (event.button) return;
      event.preventDefault();
      const [startX, startY] = this.at(event);
      const old = event.target.closest("rect");
      const from = old ? this.get(old) : null;
      const box = old || this.add(startX, startY, 0, 0);
      if (!box) return;
      this.svg.setPointerCapture(event.pointerId);
      const move = (moved) => {
        const [x, y] = this.at(moved);
        if (from) this.set(box, clamp(from[0] + x - startX, 0, 100 - from[2]), clamp(from[1] + y - startY, 0, 100 - from[3]), from[2], from[3]);
        else this.set(box, Math.min(x, startX), Math.min(y, startY), Math.abs(x - startX), Math.abs(y - startY));
      };
      const up = () => {
        this.svg.removeEventListener("pointermove", move);
        this.svg.removeEventListener("pointerup", up);
        this.svg.removeEventListener("pointercancel", up);
        const [, , width, height] = this.get(box);
        if (width < SMALLEST || height < SMALLEST) { this.remove(box); return; }
        this.write();
        box.focus();
      };
      this.svg.addEventListener("pointermove", move);
      this.svg.addEventListener("pointerup", up);
      this.svg.addEventListener("pointercancel", up);
    }

    key(event) {
      const box = event.target.closest("rect");
      if (!box) {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        const made = this.add(40, 45, 20, 5);
        if (made) { this.write(); made.focus(); }
        return;
      }
      let [left, top, width, height] = this.get(box);
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); this.remove(box); return; }
      if (!steps) return;
      event.preventDefault();
      if (event.shiftKey) {
        width = clamp(width + steps[0], SMALLEST, 100 - left);
        height = clamp(height + steps[1], SMALLEST, 100 - top);
      } else {
        left = clamp(left + steps[0], 0, 100 - width);
        top = clamp(top + steps[1], 0, 100 - height);
      }
      this.set(box, left, top, width, height);
      this.write();
    }

    fields(row) { return PARTS.map((part) => row.querySelector(`input[name$="-${part}"]`)); }

    /* From the boxes to the number fields; two empty rows stay at the end. */
    write() {
      const wanted = Math.min(this.boxes.length + 2, this.most);
      while (this.rows.children.length < wanted) this.rows.append(this.rows.lastElementChild.cloneNode(true));
      while (this.rows.children.length > wanted) this.rows.lastElementChild.remove();
      [...this.rows.children].forEach((row, place) => {
        const box = this.boxes[place];
        const values = box ? this.get(box) : [];
        row.firstElementChild.textContent = `${this.element.dataset.label} ${place + 1}`;
        this.fields(row).forEach((field, index) => {
          field.name = `box-${place}-${PARTS[index]}`;
          field.value = box ? shown(values[index]) : "";
        });
        if (box) box.setAttribute("aria-label", `${this.element.dataset.label} ${place + 1}`);
      });
    }

    /* From the number fields to the boxes; half a box waits until it is whole. */
    read() {
      const rows = [...this.rows.children].map((row) => this.fields(row).map((field) => field.value.trim().replace(",", ".")));
      if (rows.some((row) => row.some(Boolean) && !row.every((value) => value && Number.isFinite(Number(value))))) return;
      this.boxes.forEach((box) => box.remove());
      this.boxes = [];
      for (const row of rows.filter((one) => one.every(Boolean))) {
        const [left, top, width, height] = row.map((value) => clamp(Number(value), 0, 100));
        this.add(left, top, Math.min(width, 100 - left), Math.min(height, 100 - top));
      }
      this.write();
    }
  }

  document.querySelectorAll("[data-redact]").forEach((element) => new Page(element));
})();
