// Two handles over the years: from when to when.

/** @param {HTMLElement} slider `[data-years]`, a handle of which was moved @param {boolean} isDone whether it was let go */
export function moveYears(slider, isDone) {
  const [from, to] = slider.querySelectorAll("input[type=range]");
  const years = [from, to].map((each) => Number(each.value)).sort((one, other) => one - other);
  slider.querySelector("output").textContent = years.join("–");
  const first = Number(from.min);
  slider.querySelectorAll("rect").forEach((bar) => {
    const year = first + Number(bar.getAttribute("x"));
    bar.classList.toggle("out", year < years[0] || year > years[1]);
  });
  if (isDone) choose(slider, years[0] === first && years[1] === Number(to.max) ? "" : years.join(".."));
}

/** Let the form ask for these years and no others. */
function choose(slider, value) {
  for (const box of slider.parentElement.querySelectorAll("[name=year]")) box.checked = false;
  const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: "year", value });
  chosen.setAttribute("form", "search");
  slider.append(chosen);
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
}
