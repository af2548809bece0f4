// What stands behind # in a scanned link is never sent by a browser. It is the signed text of the paper: have it checked.
"use strict";
(() => {
  const place = document.getElementById("paper");
  const code = location.hash.slice(1);
  if (!place || code.length < 40) return;

  const element = (name, text, attributes) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.assign(made, attributes);
    return made;
  };
  place.setAttribute("aria-live", "polite");
  place.append(element("p", place.dataset.wait, { className: "waiting" }));
  fetch(place.dataset.ask, {
    method: "POST",
    body: new URLSearchParams({ code: location.href }),
    credentials: "omit",
  })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((told) => {
      const other = document.documentElement.lang === "th" ? "en" : "th";
      const box = element("section", "", { className: told.good ? "paper is-good" : "paper is-bad" });
      box.append(
        element("h2", told.headline.first),
        element("p", told.sentence.first),
        element("p", `${told.headline.other}. ${told.sentence.other}`, { className: "other", lang: other }),
      );
      place.replaceChildren(box);
    })
    .catch(() => place.replaceChildren());
})();
