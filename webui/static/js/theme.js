// Colours and size of type as the reader chose them, put on before anything is drawn and kept in this browser.
(() => {
  const root = document.documentElement;
  const THEMES = ["", "light", "dark"]; // the first is the system's

  function put(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }

  function keep(name, value) {
    put(name, value);
    try {
      localStorage.setItem(`xunzhang.${name}`, value);
    } catch {
      // private windows may refuse; then it holds until the page is left
    }
  }

  function label() {
    const now = THEMES.indexOf(root.dataset.theme ?? "");
    for (const button of document.querySelectorAll(".theme")) {
      const name = button.dataset.words.split("|")[now];
      button.title = name;
      button.setAttribute("aria-label", name);
    }
    for (const button of document.querySelectorAll("[data-size-of]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sizeOf === (root.dataset.size ?? "")));
    }
  }

  for (const name of ["theme", "size"]) {
    try {
      put(name, localStorage.getItem(`xunzhang.${name}`));
    } catch {
      // likewise
    }
  }
  for (const event of ["DOMContentLoaded", "framed"]) document.addEventListener(event, label); // an export makes its buttons itself
  document.addEventListener("click", ({ target }) => {
    const size = target.closest?.("[data-size-of]");
    if (size) keep("size", size.dataset.sizeOf);
    else if (target.closest?.(".theme")) keep("theme", THEMES[(THEMES.indexOf(root.dataset.theme ?? "") + 1) % THEMES.length]);
    else return;
    label();
  });
})();
