// The note on how far the index is follows what becomes of the files; without it, the note is as the page was made.

// Milliseconds between looks, while files are being read and while nothing happens.
const READING = 1000;
const CURRENT = 5000;

/** @param {HTMLElement} note */
function follow(note) {
  const text = note.querySelector(".indexing-text");
  const trouble = note.querySelector(".indexing-trouble");
  const fresh = note.querySelector(".indexing-new");
  const bar = note.querySelector("progress");

  function show(told) {
    note.dataset.state = told.state;
    if (text.textContent !== told.text) text.textContent = told.text;
    trouble.textContent = told.trouble;
    trouble.hidden = !told.trouble;
    fresh.hidden = told.generation === note.dataset.generation;
    bar.hidden = !told.whole;
    bar.max = told.whole || 1;
    bar.value = told.done;
  }

  async function look() {
    let next = CURRENT;
    try {
      const answer = await fetch(note.dataset.address);
      if (answer.ok) {
        const told = await answer.json();
        show(told);
        if (told.state === "reading") next = READING;
      }
    } catch {
      // the server has ended, or will be back
    }
    setTimeout(look, next);
  }

  setTimeout(look, READING);
}

const note = document.querySelector(".indexing");
if (note) follow(note);
