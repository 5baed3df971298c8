// What stands before and after a hit, put in place beside it.

/** Put it there, or take it away again. @param {HTMLAnchorElement} link `a[data-around]` of a hit @param {import("./main.js").Server} server */
export async function toggleContext(link, server) {
  const hit = link.closest("article");
  const shown = hit.querySelectorAll(".neighbour");
  if (shown.length) {
    for (const passage of shown) passage.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  const answer = await server.fetch(link.href, { headers: { "X-Part": "around" } }).catch(() => undefined);
  if (!answer?.ok) {
    location.assign(link.href);
    return;
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  hit.querySelector(".path").after(...found.querySelectorAll("[data-side=before]"));
  hit.querySelector(".about").before(...found.querySelectorAll("[data-side=after]"));
  link.setAttribute("aria-expanded", "true");
}
