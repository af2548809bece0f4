/* Sends chosen files at once and in pieces, goes on after a broken connection, and leaves their ids in the form.

   <div data-uploads="URL" data-key="number and person" data-text-…>, with file inputs and a list [data-upload-list] inside.
   How the addresses speak: saduak/applications/views/uploading.py. Without this script the form sends the files itself. */
(() => {
  "use strict";
  const PIECE = 512 * 1024;
  const AT_ONCE = 2;
  const FIRST_PAUSE = 1000;
  const LAST_PAUSE = 30000;
  const TAKES = 60000; // a piece that takes longer is given up and sent anew from where the server is

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const remembered = (key) => { try { return window.localStorage.getItem(key); } catch { return null; } };
  const remember = (key, id) => {
    try { if (id) window.localStorage.setItem(key, id); else window.localStorage.removeItem(key); } catch { /* then it begins anew */ }
  };

  class Refused extends Error {}

  class Upload {
    constructor(box, file, known) {
      this.box = box;
      this.file = file;
      this.done = Boolean(known);
      this.wrong = false;
      this.id = known ? known.id : "";
      this.url = known ? known.url : "";
      this.key = file ? `saduak:upload:${box.key}:${file.name}:${file.size}:${file.lastModified}` : "";
      this.pause = FIRST_PAUSE;
      if (known) { this.row = known.row; this.button = this.row.querySelector("button"); } else this.draw();
      this.button.hidden = false;
      this.button.addEventListener("click", () => this.remove());
    }

    draw() {
      this.row = document.createElement("li");
      this.row.className = "upload";
      const name = document.createElement("span");
      name.className = "upload-name";
      name.textContent = `${this.file.name} (${size(this.file.size)})`;
      this.bar = document.createElement("progress");
      this.bar.max = this.file.size || 1;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", this.file.name);
      this.words = document.createElement("span");
      this.words.className = "upload-words";
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.className = "button plain small";
      this.button.textContent = this.box.text("remove");
      const whose = document.createElement("span");
      whose.className = "visually-hidden";
      whose.textContent = ` ${this.file.name}`;
      this.button.append(whose);
      this.row.append(name, this.bar, this.words, this.button);
      this.box.list.append(this.row);
      this.say("waiting");
    }

    say(what, sentence) {
      this.row.dataset.state = what;
      this.words.textContent = sentence || this.box.text(what);
    }

    async ask(url, options) {
      const stop = new AbortController();
      this.stop = stop;
      const timer = window.setTimeout(() => stop.abort(), TAKES);
      try {
        const answer = await window.fetch(url, {
          credentials: "same-origin",
          signal: stop.signal,
          ...options,
          headers: { Accept: "application/json", "X-CSRFToken": this.box.token(), ...(options.headers || {}) },
        });
        const type = answer.headers.get("Content-Type") || "";
        const content = type.startsWith("application/json") ? await answer.json() : {};
        if (answer.status === 409 && "offset" in content) return content;
        if (answer.ok) return content;
        if (answer.status === 404) return null;
        if (answer.status >= 500) throw new TypeError("the server is away");
        throw new Refused(content.message || this.box.text("failed"));
      } finally {
        window.clearTimeout(timer);
      }
    }

    async send() {
      while (!this.done && !this.gone) {
        try {
          await this.once();
          this.pause = FIRST_PAUSE;
        } catch (error) {
          if (this.gone) return;
          if (error instanceof Refused) { this.refuse(error.message); return; }
          this.say("broken");
          await this.rest();
        }
      }
    }

    /* Where the server is, then piece after piece. */
    async once() {
      let at = null;
      if (!this.id) this.id = remembered(this.key) || "";
      if (this.id) at = await this.ask(`${this.box.url}${this.id}/`, { method: "GET" });
      if (this.gone) return;
      if (!at) {
        const body = new URLSearchParams({ name: this.file.name, length: String(this.file.size) });
        at = await this.ask(this.box.url, { method: "POST", body });
        if (!at) throw new Refused(this.box.text("failed"));
        this.id = at.id;
        remember(this.key, this.id);
      }
      this.say("sending");
      while (!at.done) {
        this.show(at.offset);
        const piece = this.file.slice(at.offset, at.offset + PIECE);
        at = await this.ask(`${this.box.url}${this.id}/`, {
          method: "PATCH",
          body: piece,
          headers: { "Upload-Offset": String(at.offset), "Content-Type": "application/offset+octet-stream" },
        });
        if (this.gone) return;
        if (!at) { this.id = ""; remember(this.key, ""); throw new TypeError("it is gone; begin anew"); }
        if (at.offset >= this.file.size && !at.done) this.say("checking");
        this.pause = FIRST_PAUSE;
      }
      this.show(this.file.size);
      this.finish();
    }

    show(offset) {
      this.bar.value = offset;
      if (this.row.dataset.state === "sending") {
        this.words.textContent = `${this.box.text("sending")} ${Math.floor((offset / (this.file.size || 1)) * 100)}%`;
      }
    }

    finish() {
      this.done = true;
      remember(this.key, "");
      this.say("done");
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = "received";
      input.value = this.id;
      this.row.append(input);
    }

    refuse(sentence) {
      this.wrong = true;
      this.done = true;
      remember(this.key, "");
      this.row.classList.add("is-wrong");
      this.say("wrong", sentence);
      this.words.setAttribute("role", "alert");
    }

    rest() {
      const pause = this.pause;
      this.pause = Math.min(LAST_PAUSE, this.pause * 2);
      return new Promise((go) => {
        const on = () => { window.clearTimeout(timer); window.removeEventListener("online", on); go(); };
        const timer = window.setTimeout(on, pause);
        window.addEventListener("online", on);
      });
    }

    remove() {
      this.gone = true;
      if (this.stop) this.stop.abort();
      remember(this.key, "");
      this.row.remove();
      this.box.forget(this);
      if (this.id && !this.wrong) {
        window.fetch(`${this.box.url}${this.id}/`, {
          method: "DELETE", credentials: "same-origin", headers: { "X-CSRFToken": this.box.token() },
        }).catch(() => { /* it is forgotten after a day */ });
      }
    }
  }

  class Box {
    constructor(element) {
      this.element = element;
      this.form = element.closest("form");
      this.url = element.dataset.uploads;
      this.key = element.dataset.key;
      this.list = element.querySelector("[data-upload-list]");
      this.all = [];
      this.waiting = [];
      this.running = 0;
      for (const row of this.list.querySelectorAll("li[data-id]")) {
        this.all.push(new Upload(this, null, { id: row.dataset.id, url: `${this.url}${row.dataset.id}/`, row }));
      }
      for (const input of element.querySelectorAll("input[type=file]")) {
        input.addEventListener("change", () => this.take(input));
      }
      this.form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("beforeunload", (event) => {
        if (this.open().length) event.preventDefault();
      });
    }

    text(name) { return this.element.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] || ""; }

    token() { return this.form.querySelector("input[name=csrfmiddlewaretoken]").value; }

    open() { return this.all.filter((one) => !one.done); }

    take(input) {
      const files = [...input.files];
      if (!files.length) return;
      input.value = ""; // the script sends them; the form would send them a second time
      const zone = input.closest("[data-dropzone]");
      if (zone) zone.querySelector(".drop-list")?.replaceChildren();
      for (const file of files) {
        const upload = new Upload(this, file);
        this.all.push(upload);
        this.waiting.push(upload);
      }
      this.next();
    }

    next() {
      while (this.running < AT_ONCE && this.waiting.length) {
        const upload = this.waiting.shift();
        if (upload.gone) continue;
        this.running += 1;
        upload.send().finally(() => { this.running -= 1; this.next(); this.settle(); });
      }
    }

    forget(upload) {
      this.all = this.all.filter((one) => one !== upload);
      this.settle();
    }

    submitted(event) {
      if (!this.open().length) return;
      event.preventDefault();
      this.asked = true;
      this.say(this.text("soon"));
    }

    settle() {
      if (!this.asked || this.open().length) return;
      this.asked = false;
      if (this.all.some((one) => one.wrong)) { this.say(this.text("look")); return; }
      this.say("");
      this.form.requestSubmit();
    }

    say(sentence) {
      const line = this.element.querySelector("[data-upload-say]");
      if (line) line.textContent = sentence;
    }
  }

  document.querySelectorAll("[data-uploads]").forEach((element) => new Box(element));
})();
