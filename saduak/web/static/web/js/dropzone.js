/* A file field that also takes files dropped on it and lists what was chosen. */
(() => {
  "use strict";
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

  const improve = (zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!input || zone.dataset.ready) return;
    zone.dataset.ready = "yes";
    zone.classList.add("is-improved");
    /* A button in the page's language: the browser's own speaks the language of the computer. */
    const choose = document.createElement("label");
    choose.className = "drop-choose button secondary";
    choose.htmlFor = input.id;
    choose.textContent = zone.dataset.chooseText || "";
    choose.setAttribute("aria-hidden", "true");
    const hint = document.createElement("span");
    hint.className = "drop-hint";
    hint.textContent = zone.dataset.dropText || "";
    input.after(choose, hint);
    const list = document.createElement("ul");
    list.className = "drop-list";
    list.setAttribute("aria-live", "polite");
    zone.append(list);
    const show = () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const row = document.createElement("li");
        row.textContent = `${file.name} (${size(file.size)})`;
        return row;
      }));
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    }
    for (const kind of ["dragleave", "drop"]) {
      zone.addEventListener(kind, () => zone.classList.remove("is-over"));
    }
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      const given = new DataTransfer();
      const files = [...event.dataTransfer.files];
      for (const file of input.multiple ? files : files.slice(0, 1)) given.items.add(file);
      input.files = given.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
  };
  const all = (root) => root.querySelectorAll("[data-dropzone]").forEach(improve);
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
})();
