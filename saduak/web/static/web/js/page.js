/* Small improvements of every page. Each page works without them. */
(() => {
  "use strict";

  /* HTMX sends the form token in a header, from the cookie or from any form of the page. */
  const token = () => {
    const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
    const input = document.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : input ? input.value : "";
  };
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
  });

  const improve = (root) => {
    /* The error summary takes the focus, so that readers and keyboards begin there. */
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();

    for (const button of root.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }

    for (const button of root.querySelectorAll("[data-copy]")) {
      if (!navigator.clipboard) continue;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const words = button.querySelector("span");
        const before = words.textContent;
        await navigator.clipboard.writeText(button.dataset.copy);
        words.textContent = button.dataset.copied;
        window.setTimeout(() => { words.textContent = before; }, 2500);
      });
    }
  };

  /* Menus: open without scripts; with them, closed on narrow screens until asked for. */
  const menus = () => {
    const narrow = window.matchMedia("(max-width: 61.99rem)");
    for (const button of document.querySelectorAll("[data-toggle]")) {
      const body = document.getElementById(button.dataset.toggle);
      if (!body) continue;
      const show = (open) => {
        button.setAttribute("aria-expanded", String(open));
        body.classList.toggle("is-closed", !open);
      };
      const fit = () => {
        button.hidden = !narrow.matches;
        show(!narrow.matches);
      };
      button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
      body.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && narrow.matches) { show(false); button.focus(); }
      });
      narrow.addEventListener("change", fit);
      fit();
    }
  };

  /* "Back" returns to the form as it was typed, which a fresh load of its address would not. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-back]");
    if (link && window.history.length > 1 && document.referrer.startsWith(window.location.origin)) {
      event.preventDefault();
      window.history.back();
    }
  });

  /* A form that was sent is not sent twice by a second click. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  improve(document);
  menus();
  document.addEventListener("htmx:load", (event) => improve(event.detail.elt));
})();
