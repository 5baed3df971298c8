// What stands before and after a hit, put in place beside it.

/** @param {Element} root listens for all links `a[data-around]` in it, now and later */
export function unfoldContext(root) {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-around]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const hit = link.closest("article");
    const shown = hit.querySelectorAll(".neighbour");
    if (shown.length) {
      for (const passage of shown) passage.remove();
      link.setAttribute("aria-expanded", "false");
      return;
    }
    const answer = await fetch(link.href, { headers: { "X-Part": "around" } }).catch(() => undefined);
    if (!answer?.ok) {
      location.assign(link.href);
      return;
    }
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    hit.querySelector(".path").after(...found.querySelectorAll("[data-side=before]"));
    hit.querySelector(".about").before(...found.querySelectorAll("[data-side=after]"));
    link.setAttribute("aria-expanded", "true");
  });
}
