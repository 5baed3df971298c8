// Conveniences only: everything works without this file.
(() => {
  const box = document.getElementById("q");
  // A choice in the options takes effect at once.
  for (const form of document.querySelectorAll("form.options")) {
    form.querySelector("button").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }
  // "/" goes to the search box, unless something is being typed or composed.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    box?.focus();
    box?.select();
  });
})();
