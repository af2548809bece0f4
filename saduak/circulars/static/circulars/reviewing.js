/* The review of a letter: a marked stretch of the source becomes a field's text; a place and its field find each other. */
(() => {
  "use strict";
  const source = document.querySelector("#source .source");
  if (!source) return;
  const points = (text) => [...text].length; // the server counts characters, not halves of them

  /* A place that takes the focus brings its field into view; the page itself stays where the finger is. */
  source.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (field) field.scrollIntoView({ block: "center" });
  });
  source.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || !getSelection().isCollapsed) { if (link) event.preventDefault(); return; }
    const field = document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    if (field.matches("input, select, textarea")) field.focus({ preventScroll: true });
  });

  /* Where only pictures are shown, a field brings its page into view: there is no text to light. */
  const picture = document.getElementById("show-picture");
  const showPage = (event) => {
    const field = event.target.closest("[data-page]");
    const page = picture && picture.checked && field && document.getElementById(`page-${field.dataset.page}`);
    if (page) source.scrollTop += page.getBoundingClientRect().top - source.getBoundingClientRect().top;
  };
  document.addEventListener("focusin", showPage);

  const bar = document.querySelector("[data-use-as]");
  if (!bar) return;
  const choice = bar.querySelector("select");
  const splitLink = document.querySelector("[data-split]");
  const plainSplit = splitLink ? splitLink.getAttribute("href") : "";
  let taken = null;

  const offset = (node, at) => {
    const holder = (node.nodeType === 1 ? node : node.parentElement).closest(".source-text");
    if (!holder) return null;
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, at);
    return Number(holder.dataset.start) + points(range.toString());
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    const text = selection.toString().trim();
    if (start === null || end === null || !text) return;
    taken = { start, end, text };
    bar.hidden = false;
    if (splitLink) splitLink.href = `${plainSplit}?at=${start}`;
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.dataset && event.target.dataset.takes && [...choice.options].some((one) => one.value === event.target.name)) {
      choice.value = event.target.name;
    }
  });
  bar.querySelector("button").addEventListener("click", () => {
    const field = document.getElementsByName(choice.value)[0];
    const place = document.getElementsByName(`${choice.value}@`)[0];
    if (!field || !taken) return;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    if (field.tagName !== "SELECT") field.value = taken.text.replace(/\s*\n\s*/g, field.tagName === "TEXTAREA" ? "\n" : " ");
    if (place) place.value = `${taken.start}-${taken.end}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
    bar.hidden = true;
  });
})();
