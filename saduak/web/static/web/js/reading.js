/* A field and the place in the text it was read from light up together. */
(() => {
  "use strict";
  const places = (names) => names.flatMap((name) => [...document.querySelectorAll(`[data-span~="${CSS.escape(name)}"]`)]);
  const fields = (names) => names.flatMap((name) => [...document.querySelectorAll(`[data-span-of~="${CSS.escape(name)}"]`)]);
  const words = (text) => (text || "").split(/\s+/).filter(Boolean);

  const intoView = (place) => {
    const box = place.closest(".source");
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const inner = place.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      box.scrollTop += inner.top - outer.top - box.clientHeight / 3;
    }
  };
  const clear = () => {
    for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  };
  const light = (event) => {
    if (!(event.target instanceof Element)) return;
    const field = event.target.closest("[data-span-of]");
    const place = event.target.closest("[data-span]");
    if (!field && !place) return;
    clear();
    if (field) {
      const found = places(words(field.dataset.spanOf));
      found.forEach((one) => one.classList.add("is-lit"));
      field.classList.add("is-lit");
      if (found.length) intoView(found[0]);
    } else {
      place.classList.add("is-lit");
      fields(words(place.dataset.span)).forEach((one) => one.classList.add("is-lit"));
    }
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("mouseout", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-span-of], [data-span]") &&
        !document.activeElement.closest("[data-span-of]")) clear();
  });
  document.addEventListener("focusout", clear);
})();
