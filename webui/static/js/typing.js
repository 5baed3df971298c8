// Tells what is typed into an input, never while an input method composes: half a syllable is no query.

// Milliseconds: shorter asks for half of what is meant, longer is felt.
const DELAY = 120;

/**
 * @param {HTMLInputElement} input
 * @param {(value: string) => void} act called with the value, `delay` after the last change
 * @param {number} [delay] milliseconds
 * @returns {() => void} forget what waits, for example because Enter was pressed
 */
export function onTyping(input, act, delay = DELAY) {
  let timer = 0;
  let composing = false;
  const cancel = () => clearTimeout(timer);
  const schedule = () => {
    cancel();
    timer = setTimeout(() => act(input.value), delay);
  };
  input.addEventListener("compositionstart", () => {
    composing = true;
    cancel();
  });
  // Chromium says "input" before "compositionend", WebKit after it: whichever comes last schedules.
  input.addEventListener("compositionend", () => {
    composing = false;
    schedule();
  });
  input.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) schedule();
  });
  // WebKit ends a composition before the keydown of the Enter that ended it, which must not send the form.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
  });
  return cancel;
}

/** Whether a key belongs to an input method. @param {KeyboardEvent} event */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
