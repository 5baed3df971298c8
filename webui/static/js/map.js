// The drawing of where hits are: a caption of what is under the pointer or finger, and arrows from bar to bar.

const captioned = new WeakSet();

/** Say what is under the pointer or has the focus, and from now on. @param {Element} map @param {Element} target */
export function caption(map, target) {
  const place = map.querySelector("[data-caption]");
  place.dataset.otherwise ??= place.textContent;
  const show = (element) => {
    const named = element?.closest?.(".map-group a");
    if (named && map.contains(named)) place.textContent = named.getAttribute("aria-label") ?? named.title;
  };
  const clear = () => (place.textContent = place.dataset.otherwise);
  show(target);
  if (captioned.has(map)) return;
  captioned.add(map);
  map.addEventListener("pointerover", (event) => show(event.target));
  map.addEventListener("pointermove", ({ clientX, clientY }) => show(document.elementFromPoint(clientX, clientY)));
  map.addEventListener("focusin", (event) => show(event.target));
  map.addEventListener("pointerleave", clear);
  map.addEventListener("focusout", clear);
  map.addEventListener("keydown", (event) => step(map, event));
}

function step(map, event) {
  const bars = [...map.querySelectorAll("svg a")];
  const at = bars.indexOf(event.target.closest("svg a"));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
  if (at < 0 || !bars[to]) return;
  event.preventDefault();
  bars[at].setAttribute("tabindex", "-1");
  bars[to].setAttribute("tabindex", "0");
  bars[to].focus();
}
