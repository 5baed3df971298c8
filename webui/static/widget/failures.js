// What can go wrong between a widget and its source, told apart as far as a browser lets a page know.

/** `code` is a key of the widget's words; `message` and `hint` are the server's own, where it gave some. */
export class Failure extends Error {
  constructor(code, { message = "", hint = "" } = {}) {
    super(message || code);
    Object.assign(this, { code, said: message, hint });
  }
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
// Milliseconds in which the browser reports that the page's policy stopped a request.
const REPORT = 60;

const stopped = new Set(); // origins
document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
  if (/^https?:/.test(blockedURI)) stopped.add(new URL(blockedURI).origin);
});

/**
 * A fetch that fails tells a page nothing; what surrounds it does.
 *
 * @param {URL} base
 * @returns {Promise<Failure>}
 */
export async function diagnose(base) {
  if (location.protocol === "https:" && base.protocol === "http:" && !LOOPBACK.test(base.hostname)) return new Failure("insecure");
  await new Promise((resolve) => setTimeout(resolve, REPORT));
  if (stopped.delete(base.origin)) return new Failure("policy");
  if (base.origin === location.origin) return new Failure("away");
  return new Failure((await answersAtAll(base)) ? "blocked" : "away_elsewhere");
}

/** Whether there is somebody, even one who does not let this page read. */
async function answersAtAll(base) {
  try {
    await fetch(new URL("index.json", base), { mode: "no-cors", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/**
 * @template T
 * @param {number} patience milliseconds
 * @param {AbortSignal} signal
 * @param {(signal: AbortSignal) => Promise<T>} act
 * @returns {Promise<T>} rejected with a `Failure` where it takes longer
 */
export async function inTime(patience, signal, act) {
  const controller = new AbortController();
  let timer;
  const ended = new Promise((_, reject) => {
    const end = (reason) => {
      reject(reason);
      controller.abort();
    };
    timer = setTimeout(() => end(new Failure("slow")), patience);
    signal.addEventListener("abort", () => end(signal.reason), { once: true }); // not all that acts listens
  });
  try {
    return await Promise.race([act(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
  }
}
