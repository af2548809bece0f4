/* Questions made handier: rows of a table added and removed on the spot, a place taken from the device or from its picture,
   questions that hang on another answer out of the way until they are asked. Every question is answered without this as well. */
(() => {
  "use strict";

  const changed = (inside) => {
    const marker = inside.closest("[data-autosave-group]")?.querySelector("input[type=hidden]");
    if (marker) marker.dispatchEvent(new Event("input", { bubbles: true }));
  };

  class Rows {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.pattern = table.closest("fieldset").querySelector("template");
      this.most = Number(table.dataset.most);
      this.add = table.closest("fieldset").querySelector("[data-add-row]");
      this.said = table.closest("fieldset").querySelector("[data-rows-said]");
      if (!this.add) return;
      this.add.type = "button";
      this.add.addEventListener("click", () => this.added().querySelector(".control").focus());
      table.addEventListener("click", (event) => {
        const button = event.target.closest("[data-drop-row]");
        if (button) this.drop(button.closest("tr"));
      });
      const least = Math.max(Number(table.dataset.filled), 1);
      for (const row of [...this.body.rows].slice(least)) if (this.empty(row)) row.remove();
      table.form = table.closest("form");
      if (table.form) table.form.addEventListener("saduak:restore", (event) => this.room(event.detail));
      this.tidy();
    }

    empty(row) { return [...row.querySelectorAll(".control")].every((one) => !one.value); }

    next() { return Math.max(-1, ...[...this.body.rows].map((row) => Number(row.dataset.row))) + 1; }

    added(place = this.next()) {
      const holder = document.createElement("tbody");
      holder.innerHTML = this.pattern.innerHTML.replaceAll("__row__", String(place));
      const row = holder.rows[0];
      this.body.append(row);
      this.tidy();
      return row;
    }

    drop(row) {
      const beside = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      const there = beside || this.added();
      this.tidy();
      there.querySelector(".control").focus();
      changed(this.table);
    }

    /* Rows that were written without a network and are not on the page that came back. */
    room(names) {
      const prefix = `${this.table.dataset.name}-`;
      const wanted = names.filter((name) => name.startsWith(prefix)).map((name) => Number.parseInt(name.slice(prefix.length), 10));
      if (!names.includes(this.table.dataset.name)) return;
      for (const row of [...this.body.rows]) if (!wanted.includes(Number(row.dataset.row))) row.remove();
      const here = [...this.body.rows].map((row) => Number(row.dataset.row));
      for (const place of [...new Set(wanted)].filter((one) => Number.isInteger(one) && !here.includes(one)).sort((a, b) => a - b)) this.added(place);
      if (!this.body.rows.length) this.added();
      this.tidy();
    }

    tidy() {
      const rows = [...this.body.rows];
      rows.forEach((row, place) => {
        row.querySelector(".row-number").textContent = String(place + 1);
        for (const one of row.querySelectorAll(".control")) {
          const label = one.closest("td").dataset.label;
          one.setAttribute("aria-label", `${label} (${this.table.dataset.rowWord} ${place + 1})`);
        }
        const button = row.querySelector("[data-drop-row]");
        button.hidden = rows.length === 1 && this.empty(row);
      });
      const full = rows.length >= this.most;
      this.add.disabled = full;
      this.said.textContent = full ? `${rows.length} / ${this.most}` : "";
    }
  }

  class Place {
    constructor(box) {
      this.box = box;
      this.latitude = box.querySelector("[data-axis=latitude]");
      this.longitude = box.querySelector("[data-axis=longitude]");
      this.said = box.querySelector("[data-place-said]");
      this.warning = box.querySelector("[data-place-doubt]");
      const { x0, y0, x, y } = box.dataset;
      [this.x0, this.y0, this.x, this.y] = [x0, y0, x, y].map(Number);
      if (!this.said) return;
      for (const one of [this.latitude, this.longitude]) one.addEventListener("input", () => { this.said.textContent = ""; this.show(); });
      const button = box.querySelector("[data-my-place]");
      if (navigator.geolocation && window.isSecureContext) {
        button.hidden = false;
        button.addEventListener("click", () => this.ask());
      }
      for (const map of box.querySelectorAll(".place-map")) {
        map.classList.add("is-open");
        map.addEventListener("click", (event) => this.take(map, event));
      }
      this.show();
    }

    show() {
      const [latitude, longitude] = [this.latitude, this.longitude].map((one) => (one.value.trim() ? Number(one.value.trim()) : Number.NaN));
      const there = Number.isFinite(latitude) && Number.isFinite(longitude) && Math.abs(latitude) < 85 && Math.abs(longitude) <= 180;
      for (const point of this.box.querySelectorAll("[data-point]")) {
        point.toggleAttribute("hidden", !there);
        if (!there) continue;
        const mercator = (Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) * 180) / Math.PI;
        point.setAttribute("transform", `translate(${(this.x0 + longitude * this.x).toFixed(1)} ${(this.y0 - mercator * this.y).toFixed(1)})`);
      }
      if (this.shown !== undefined && this.shown !== `${latitude} ${longitude}`) this.warning.textContent = ""; // the server says anew
      this.shown = `${latitude} ${longitude}`;
    }

    write(latitude, longitude, sentence) {
      this.latitude.value = latitude;
      this.longitude.value = longitude;
      for (const one of [this.latitude, this.longitude]) one.dispatchEvent(new Event("input", { bubbles: true }));
      this.said.textContent = sentence;
    }

    ask() {
      this.said.textContent = this.said.dataset.waiting;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => this.write(coords.latitude.toFixed(6), coords.longitude.toFixed(6), this.said.dataset.found.replace("#", String(Math.ceil(coords.accuracy)))),
        () => { this.said.textContent = this.said.dataset.denied; },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
      );
    }

    take(map, event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
      const mercator = (this.y0 - at.y) / this.y;
      const latitude = ((Math.atan(Math.exp((mercator * Math.PI) / 180)) - Math.PI / 4) * 360) / Math.PI;
      this.write(latitude.toFixed(3), ((at.x - this.x0) / this.x).toFixed(3), this.said.dataset.chosen);
    }
  }

  /* Questions that are asked only on certain answers to another one. What stands in them is kept and sent all the same; which answers
     count is for the server to say. Without scripts they stand there with the words that say when they are asked. */
  class Conditions {
    constructor(form, questions) {
      this.form = form;
      this.questions = questions;
      this.said = document.createElement("p");
      this.said.className = "visually-hidden";
      this.said.setAttribute("role", "status");
      form.append(this.said);
      for (const one of questions) for (const words of one.querySelectorAll("[data-asked-words]")) words.hidden = true;
      form.addEventListener("change", () => this.settle(true));
      form.addEventListener("focusout", () => window.setTimeout(() => this.settle(true)));
      form.addEventListener("saduak:restore", () => window.setTimeout(() => this.settle(false)));
      window.addEventListener("pageshow", () => this.settle(false));
      this.settle(false);
    }

    box(question) { return question.closest("[data-question-box]") || question; }

    /* The answers to a question; null where it does not stand in this form (on another page, or two versions of it wait). */
    answers(name) {
      const inputs = [...this.form.elements].filter((one) => one.name === name && one.type !== "hidden");
      if (!inputs.length) return null;
      if (inputs[0].closest("[data-question-box][hidden], .question[hidden]")) return [];
      return inputs.filter((one) => (["checkbox", "radio"].includes(one.type) ? one.checked : true)).map((one) => one.value);
    }

    settle(aloud) {
      const changes = [];
      for (const one of this.questions) { // in the order of the form: what hangs on a question that is not asked is not asked either
        const box = this.box(one);
        const answers = this.answers(one.dataset.askedWhen);
        const on = one.dataset.askedOn.split(" ");
        const asked = answers === null || answers.some((answer) => on.includes(answer));
        const busy = box.contains(document.activeElement) || one.classList.contains("field-wrong"); // never from under somebody's hands
        if (asked !== box.hidden || (!asked && busy)) continue;
        box.hidden = !asked;
        changes.push(asked ? one.dataset.nowAsked : one.dataset.notAsked);
      }
      if (aloud && changes.length) this.said.textContent = changes.join(" · ");
    }
  }

  const waiting = new Map();
  for (const one of document.querySelectorAll("[data-asked-when]")) {
    const form = one.closest("form");
    if (form) waiting.set(form, [...(waiting.get(form) || []), one]);
  }
  for (const [form, questions] of waiting) new Conditions(form, questions);

  for (const table of document.querySelectorAll("[data-rows]")) new Rows(table);
  for (const box of document.querySelectorAll("[data-place]")) new Place(box);
})();
