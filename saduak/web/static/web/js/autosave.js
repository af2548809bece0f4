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
  const kept_under = (base) => {
    try { return Object.keys(window.localStorage).filter((key) => key === base || key.startsWith(`${base}|`)); } catch { return []; }
  };

  /* Whoever has the page open holds a lock of this name: what a closed page left behind may be taken over, never what an open one is
     still writing. */
  const take = (name) => {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((taken) => {
      navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        taken(Boolean(lock));
        return lock ? new Promise(() => {}) : undefined;
      }).catch(() => taken(true));
    });
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
      this.base = `saduak:${form.dataset.autosaveKey || this.url}`;
      this.key = `${this.base}|${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`; // two pages side by side keep apart
      this.held = {}; // refused: not sent again, and not forgotten
      this.saved = "";
      this.pinned = null; // what the page knew that made these changes
      take(this.key);
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
      window.addEventListener("offline", () => { if (this.open()) this.say("waiting"); });
      window.addEventListener("focus", () => { if (["signedOut", "waiting"].includes(this.state)) this.send(); }); // signed in elsewhere
      window.addEventListener("beforeunload", (event) => {
        if (this.open() && !this.sent && !this.keeps()) event.preventDefault();
      });
      // After every other script: tables must be able to make room for rows that come back.
      if (document.readyState === "complete") this.restore();
      else document.addEventListener("DOMContentLoaded", () => this.restore());
    }

    /* How many changes have not reached the server; a table or a place counts as one. */
    open() {
      const names = Object.keys(this.over(this.flying, this.changes));
      return names.filter((name) => !names.some((other) => name !== other && this.group(other) && name.startsWith(`${other}-`))).length;
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
      return this.pinned || Object.fromEntries([...this.form.querySelectorAll("[data-autosave-always]")].map((one) => [one.name, one.value]));
    }

    keep() {
      const changes = this.over(this.held, this.over(this.flying, this.changes));
      store(this.key, Object.keys(changes).length ? { ...changes, [ALWAYS]: this.always() } : {});
    }

    changed(input) {
      if (!input.name || input.type === "file" || input.hasAttribute("data-autosave-never")) return;
      const group = input.closest("[data-autosave-group]");
      if (input.type === "hidden" && !group) return;
      this.changes = this.over(this.changes, group ? this.grouped(group) : { [input.name]: this.values(input.name) });
      this.keep();
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(), PAUSE);
      this.say("saving");
    }

    /* What makes sense only as a whole (a table, a place) is sent as a whole. */
    grouped(group) {
      const names = [...group.querySelectorAll("input[name], select[name], textarea[name]")].map((one) => one.name);
      return Object.fromEntries([group.dataset.autosaveGroup, ...names].map((name) => [name, this.values(name)]));
    }

    group(name) { return this.form.querySelector(`[data-autosave-group="${CSS.escape(name)}"]`); }

    /* The newer changes over the older ones; of a table nothing older stays, else a row that was removed would come back. */
    over(older, newer) {
      const gone = Object.keys(newer || {}).filter((name) => this.group(name));
      const kept = Object.entries(older || {}).filter(([name]) => !gone.some((one) => name.startsWith(`${one}-`)));
      return { ...Object.fromEntries(kept), ...newer };
    }

    /* Changes that an earlier visit could not hand in are put back into the form and sent, with what that visit knew: so the server
       sees that somebody else may have written since. What a second closed page left is sent as it is. */
    async restore() {
      const left = [];
      for (const key of kept_under(this.base)) if (key !== this.key && (await take(key))) left.push(key);
      left.sort((one, other) => Object.keys(stored(other)).length - Object.keys(stored(one)).length);
      const [first, ...more] = left;
      if (first && !this.open()) this.back(first);
      else if (first) more.push(first);
      for (const key of more) this.deliver(key);
    }

    back(key) {
      const { [ALWAYS]: always, ...kept } = stored(key);
      if (!Object.keys(kept).length) return store(key, {});
      store(this.key, {});
      this.key = key;
      this.form.dispatchEvent(new CustomEvent("saduak:restore", { detail: Object.keys(kept) })); // tables make room
      for (const [name, values] of Object.entries(kept)) {
        for (const input of this.inputs(name)) {
          if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
          else if (input.type === "select-multiple") {
            for (const option of input.options) option.selected = values.includes(option.value);
          } else input.value = values[0] ?? "";
        }
        this.changes[name] = values;
      }
      this.pinned = always || null; // until it has arrived; then the page goes on with what it knows itself
      for (const input of this.form.querySelectorAll("[data-autosave-always=page]")) input.value = always?.[input.name] ?? input.value;
      this.say("restored");
      return this.send();
    }

    async deliver(key) {
      const { [ALWAYS]: always, ...kept } = stored(key);
      const { answer, body } = await this.post(kept, always || {});
      if (!answer || !answer.ok) return; // a later visit tries again
      store(key, {});
      this.say(this.open() ? "saving" : "saved", clock(body.saved_at), body.notices || []);
    }

    body(changes, always) {
      const data = new URLSearchParams();
      const token = this.form.querySelector("input[name=csrfmiddlewaretoken]");
      if (token) data.append("csrfmiddlewaretoken", token.value);
      for (const [name, value] of Object.entries(always)) data.append(name, value);
      for (const [name, values] of Object.entries(changes)) {
        for (const value of values.length ? values : [""]) data.append(name, value);
      }
      return data;
    }

    async post(changes, always) {
      try {
        const answer = await fetch(this.url, {
          method: "POST",
          body: this.body(changes, always),
          headers: { Accept: "application/json", "X-Saduak-Autosave": "1" },
          credentials: "same-origin",
          redirect: "manual", // an answer that leads elsewhere leads to the sign-in
        });
        return { answer, body: await answer.json().catch(() => ({})) };
      } catch { return { answer: null, body: {} }; }
    }

    async send() {
      if (this.flying || !Object.keys(this.changes).length) return;
      this.flying = this.changes;
      this.changes = {};
      this.say("saving");
      let { answer, body } = await this.post(this.flying, this.always());
      let why = "waiting";
      if (answer && answer.status === 403 && !body.message) { // another sign-in has changed the form's token
        why = await this.renewed();
        if (why === "renewed") ({ answer, body } = await this.post(this.flying, this.always()));
      } else if (answer && answer.type === "opaqueredirect") why = "signedOut";
      const tried = this.flying;
      this.flying = null;
      if (answer && answer.ok) {
        this.retry = FIRST_RETRY;
        this.pinned = null;
        this.took(body, tried);
      } else if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429 && body.message) {
        /* Refused for good: said, kept in the form and on the device, and not sent again until the field changes. */
        this.took({ ...body, errors: Object.fromEntries(Object.keys(tried).map((name) => [name, ""])) }, tried);
        this.say("refused", body.message);
      } else {
        this.changes = this.over(tried, this.changes);
        this.keep();
        this.say(why === "renewed" ? "waiting" : why);
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.send(), this.retry);
        this.retry = Math.min(this.retry * 2, LAST_RETRY);
        return;
      }
      if (Object.keys(this.changes).length) this.timer = window.setTimeout(() => this.send(), PAUSE);
    }

    /* Reads this page anew for its token; only for the same person: on a shared computer somebody else may have signed in. */
    async renewed() {
      try {
        const answer = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
        if (answer.type === "opaqueredirect") return "signedOut";
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const form = [...page.querySelectorAll("form[data-autosave]")].find((one) => one.dataset.autosave === this.url);
        if (!form || form.dataset.autosaveKey !== this.form.dataset.autosaveKey) return "somebodyElse";
        this.form.querySelector("input[name=csrfmiddlewaretoken]").value = form.querySelector("input[name=csrfmiddlewaretoken]").value;
        return "renewed";
      } catch { return "waiting"; }
    }

    took(body, tried) {
      const errors = { ...(body.errors || {}) };
      const wrongly = Object.keys(errors);
      const of = (name, other) => name === other || (this.group(other) && name.startsWith(`${other}-`));
      this.held = this.over(this.held, tried);
      for (const name of Object.keys(tried)) delete this.held[name];
      this.held = this.over(this.held, Object.fromEntries(Object.entries(tried).filter(([name]) => wrongly.some((one) => of(name, one)))));
      if (body.field && body.message) errors[body.field] = body.message;
      for (const name of Object.keys(tried)) this.mark(name, errors[name] || "");
      for (const [name, value] of Object.entries(body.set || {})) {
        for (const input of this.inputs(name)) input.value = value;
      }
      for (const [name, known] of Object.entries(body.merge || {})) {
        for (const input of this.inputs(name)) input.value = JSON.stringify({ ...JSON.parse(input.value || "{}"), ...known });
      }
      for (const [id, text] of Object.entries(body.progress || {})) {
        const place = document.getElementById(id);
        if (place) place.textContent = text;
      }
      if (body.saved_at) this.saved = clock(body.saved_at);
      this.keep();
      const wrong = Object.values(errors).some(Boolean);
      this.say(wrong ? "refused" : "saved", wrong ? "" : this.saved || clock(), body.notices || []);
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

    /* What is saved and since when, what is not, and what to do about it. */
    say(state, more = "", notices = []) {
      this.state = state;
      if (!this.banner) return;
      const { dataset } = this.banner;
      dataset.state = state;
      const words = this.banner.querySelector("[data-autosave-text]") || this.banner;
      const open = ["waiting", "signedOut", "somebodyElse"].includes(state);
      const count = open && dataset.open ? dataset.open.replace("#", String(this.open())) : "";
      const last = open && this.saved && dataset.last ? dataset.last.replace("#", this.saved) : "";
      words.textContent = [dataset[state], more, count, last, ...notices].filter(Boolean).join(" ");
      const sign = this.banner.querySelector("[data-autosave-sign-in]");
      if (sign) sign.hidden = state !== "signedOut";
      const again = this.banner.querySelector("[data-autosave-reload]");
      if (again && notices.length) { again.href = window.location.pathname + window.location.search; again.hidden = false; }
    }
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
})();
