// Keeps a page of the preview true: loads it again when the site was rebuilt, and renews what is said of it.
// The browser itself keeps the place on the page when it loads the page again.
(() => {
  "use strict";

  const { shown, round } = document.currentScript.dataset;
  const host = document.getElementById("otpt-preview");

  // Browsers that do not know shadow trees written in HTML get them from here.
  for (const { parentNode, content } of document.querySelectorAll("#otpt-preview > template, #otpt-ribbon > template")) {
    parentNode.attachShadow({ mode: "open" }).append(content);
  }
  const tree = host.shadowRoot;
  let seen = round;
  let events = null;

  const kept = (name) => sessionStorage.getItem(`otpt-${name}`);
  const keep = (name, value) => sessionStorage.setItem(`otpt-${name}`, value);

  const hide = () => {
    const stopped = tree.querySelector(".stopped");
    if (stopped) {
      stopped.hidden = true;
      keep("hidden", stopped.textContent);
    }
  };

  // Problems stay hidden until there are other ones; what is told of the page stays open from page to page.
  const prepare = () => {
    const stopped = tree.querySelector(".stopped");
    const about = tree.querySelector(".about");
    if (stopped) {
      stopped.hidden = kept("hidden") === stopped.textContent;
      stopped.querySelector(".hide").addEventListener("click", hide);
    }
    if (about) {
      about.open = kept("open") === "yes";
      about.addEventListener("toggle", () => keep("open", about.open ? "yes" : "no"));
    }
  };

  const renew = async (latest) => {
    seen = latest;
    const answer = await fetch(`/_preview/panel?page=${encodeURIComponent(location.pathname)}`);
    if (!answer.ok || seen !== latest) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const panel = made.content.firstElementChild;
    const status = tree.querySelector("[role=status]");
    status.textContent = panel.dataset.says || (status.textContent ? "All is mended" : "");
    tree.querySelector(".panel").replaceWith(panel);
    prepare();
  };

  const open = () => {
    if (events || document.visibilityState === "hidden") return;
    events = new EventSource("/_preview/events");
    events.onmessage = (event) => {
      const latest = JSON.parse(event.data);
      if (latest.shown !== shown) location.reload();
      else if (latest.round !== seen) renew(latest.round);
    };
  };
  // A browser has few connections to one host: a page that nobody looks at must not hold one.
  const close = () => {
    if (events) events.close();
    events = null;
  };

  prepare();
  open();
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
})();
