/* Saves a form while it is filled in; without network, keeps the changes on this device and tries again.

   <form data-autosave="URL" data-autosave-key="name for this device">
   Sent: the form token, inputs marked data-autosave-always, every value of each changed name. Answer: see saduak/web/README.md. */
(() => {
  "use strict";
  const PAUSE = 800;
  const FIRST_RETRY = 3000;
  const LAST_RETRY = 60000;
  const ALWAYS = "\u0000always"; // beside the changes: what the page knew when they were made

  const stored = (key) => {
    try { return JSON.parse(window.localStorage.getItem(key) || "{}"); } catch { return {}; }
  };
  const store = (key, changes) => {
    try {
      if (Object.keys(changes).length) window.localStorage.setItem(key, JSON.stringify(changes));
      else window.localStorage.removeItem(key);
    } catch { /* a full or forbidden store: the form's own button still saves */ }
  };

  const clock = (iso) => {
    const moment = iso ? new Date(iso) : new Date();
    const parts = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Bangkok" })
      .format(moment);
    return document.documentElement.lang === "th" ? `${parts.replace(":", ".")} น.` : parts;
  };

  class Autosave {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosave;
      this.key = `saduak:${form.dataset.autosaveKey || this.url}`;
      this.banner = form.querySelector("[data-autosave-banner]") || document.querySelector("[data-autosave-banner]");
      this.changes = {};
      this.flying = null;
      this.timer = null;
      this.retry = FIRST_RETRY;
      form.addEventListener("input", (event) => this.changed(event.target));
      form.addEventListener("change", (event) => this.changed(event.target));
      form.addEventListener("submit", (event) => {
        if (event.submitter && event.submitter.formAction && event.submitter.hasAttribute("formaction")) return;
        window.clearTimeout(this.timer);
        this.sent = { ...this.flying, ...this.changes };
      });
      window.addEventListener("online", () => this.send());
      window.addEventListener("beforeunload", (event) => {
        if (Object.keys(this.changes).length && !this.sent && !this.keeps()) event.preventDefault();
      });
      // After every other script: tables must be able to make room for rows that come back.
      if (document.readyState === "complete") this.restore();
      else document.addEventListener("DOMContentLoaded", () => this.restore());
    }

    keeps() { return Object.keys(stored(this.key)).length > 0; }

    inputs(name) {
      return [...this.form.elements].filter((one) => one.name === name && one.type !== "file");
    }

    values(name) {
      const all = this.inputs(name);
      const boxes = all.filter((one) => one.type === "checkbox" || one.type === "radio");
      return (boxes.length ? boxes : all).flatMap((one) => {
        if (one.type === "checkbox" || one.type === "radio") return one.checked ? [one.value] : [];
        if (one.type === "select-multiple") return [...one.selectedOptions].map((option) => option.value);
        return [one.value];
      });
    }

    always() {
      return Object.fromEntries([...this.form.querySelectorAll("[data-autosave-always]")].map((one) => [one.name, one.value]));
    }

    keep(changes) {
      store(this.key, Object.keys(changes).length ? { ...changes, [ALWAYS]: this.always() } : {});
    }

    changed(input) {
      if (!input.name || input.type === "file" || input.hasAttribute("data-autosave-never")) return;
      const group = input.closest("[data-autosave-group]");
      if (input.type === "hidden" && !group) return;
      this.changes = this.over(this.changes, group ? this.grouped(group) : { [input.name]: this.values(input.name) });
      this.keep(this.over(this.flying, this.changes));
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(), PAUSE);
      this.say("saving");
    }

    /* What makes sense only as a whole (a table, a place) is sent as a whole. */
    grouped(group) {
      const names = [...group.querySelectorAll("[name]")].map((one) => one.name);
      return Object.fromEntries([group.dataset.autosaveGroup, ...names].map((name) => [name, this.values(name)]));
    }

    /* The newer changes over the older ones; of a table nothing older stays, else a row that was removed would come back. */
    over(older, newer) {
      const gone = Object.keys(newer).filter((name) => this.form.querySelector(`[data-autosave-group="${CSS.escape(name)}"]`));
      const kept = Object.entries(older || {}).filter(([name]) => !gone.some((one) => name.startsWith(`${one}-`)));
      return { ...Object.fromEntries(kept), ...newer };
    }

    /* Changes that an earlier visit could not hand in are put back into the form and sent, with what that visit knew: so the server
       sees that somebody else may have written since. */
    restore() {
      const { [ALWAYS]: always, ...kept } = stored(this.key);
      this.form.dispatchEvent(new CustomEvent("saduak:restore", { detail: Object.keys(kept) })); // tables make room
      const names = Object.keys(kept).filter((name) => this.inputs(name).length);
      if (!names.length) { store(this.key, {}); return; }
      for (const name of names) {
        for (const input of this.inputs(name)) {
          if (input.type === "checkbox" || input.type === "radio") input.checked = kept[name].includes(input.value);
          else if (input.type === "select-multiple") {
            for (const option of input.options) option.selected = kept[name].includes(option.value);
          } else input.value = kept[name][0] ?? "";
        }
        this.changes[name] = kept[name];
      }
      for (const [name, value] of Object.entries(always || {})) {
        for (const input of this.inputs(name)) input.value = value;
      }
      this.say("restored");
      this.send();
    }

    body() {
      const data = new URLSearchParams();
      const token = this.form.querySelector("input[name=csrfmiddlewaretoken]");
      if (token) data.append("csrfmiddlewaretoken", token.value);
      for (const input of this.form.querySelectorAll("[data-autosave-always]")) data.append(input.name, input.value);
      for (const [name, values] of Object.entries(this.flying)) {
        for (const value of values.length ? values : [""]) data.append(name, value);
      }
      return data;
    }

    async send() {
      if (this.flying || !Object.keys(this.changes).length) return;
      this.flying = this.changes;
      this.changes = {};
      this.say("saving");
      let answer = null;
      let body = {};
      try {
        answer = await fetch(this.url, {
          method: "POST",
          body: this.body(),
          headers: { Accept: "application/json", "X-Saduak-Autosave": "1" },
          credentials: "same-origin",
          redirect: "error",
        });
        body = await answer.json();
      } catch { body = {}; }
      const tried = this.flying;
      this.flying = null;
      if (answer && answer.ok) {
        this.retry = FIRST_RETRY;
        this.keep(this.changes);
        this.took(body, tried);
      } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429 && body.message) {
        /* Refused for good: said, kept in the form, and not sent again until the field changes. */
        this.keep(this.changes);
        this.took(body, tried);
        this.say("refused", body.message);
      } else {
        this.changes = this.over(tried, this.changes);
        this.keep(this.changes);
        this.say("waiting");
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.send(), this.retry);
        this.retry = Math.min(this.retry * 2, LAST_RETRY);
        return;
      }
      if (Object.keys(this.changes).length) this.timer = window.setTimeout(() => this.send(), PAUSE);
    }

    took(body, tried) {
      const errors = { ...(body.errors || {}) };
      if (body.field && body.message) errors[body.field] = body.message;
      for (const name of Object.keys(tried)) this.mark(name, errors[name] || "");
      for (const [name, value] of Object.entries(body.set || {})) {
        for (const input of this.inputs(name)) input.value = value;
      }
      for (const [id, text] of Object.entries(body.progress || {})) {
        const place = document.getElementById(id);
        if (place) place.textContent = text;
      }
      const wrong = Object.keys(errors).length > 0;
      this.say(wrong ? "refused" : "saved", wrong ? "" : clock(body.saved_at), body.notices || []);
    }

    mark(name, sentence) {
      const box = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
      if (!box) return;
      box.classList.toggle("field-wrong", Boolean(sentence));
      const place = box.querySelector(".field-error");
      if (place) { place.textContent = sentence; place.hidden = !sentence; }
      for (const input of this.inputs(name)) {
        if (sentence) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
      }
    }

    say(state, more = "", notices = []) {
      if (!this.banner) return;
      this.banner.dataset.state = state;
      const words = this.banner.querySelector("[data-autosave-text]") || this.banner;
      words.textContent = [this.banner.dataset[state], more, ...notices].filter(Boolean).join(" ");
    }
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
})();
