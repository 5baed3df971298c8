// The widget's style as a constructed sheet: a page's policy on styles does not touch it, nor do the page's own styles.

const CSS = `
:host {
  --paper: var(--xunzhang-background, light-dark(#fffefb, #201e1b));
  --ink: var(--xunzhang-color, light-dark(#211f1b, #e8e3d9));
  --soft: var(--xunzhang-muted, light-dark(#655f54, #aaa294));
  --line: var(--xunzhang-border, light-dark(#8f8778, #7d7567));
  --accent: var(--xunzhang-accent, light-dark(#a2302a, #ec8a7e));
  --mark: var(--xunzhang-mark, light-dark(#ffe08a, #665012));
  --mark-ink: var(--xunzhang-mark-color, light-dark(#332400, #fff3cf));
  --chosen: var(--xunzhang-active, light-dark(#f4e6df, #3a2a26));
  --focus: var(--xunzhang-focus, light-dark(#1860d6, #86b6ff));
  --radius: var(--xunzhang-radius, .5rem);
  display: block; max-inline-size: 100%;
}
:host([mode=dialog]) { display: inline-block; }
:host([hidden]), [hidden] { display: none !important; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
* { box-sizing: border-box; }
.root {
  font: var(--xunzhang-font-size, 1rem)/1.6 var(--xunzhang-font, inherit); color: var(--ink); text-align: start; text-transform: none;
  text-indent: 0; letter-spacing: normal; word-spacing: normal; white-space: normal; cursor: auto;
}
.hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.search { position: relative; }
input, button { font: inherit; color: inherit; }
.input {
  display: block; inline-size: 100%; min-block-size: 2.75em; margin: 0; padding: .45em .8em; background: var(--paper); color: var(--ink);
  border: 1px solid var(--line); border-radius: var(--radius); appearance: none;
}
.input::placeholder { color: var(--soft); opacity: 1; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.combo {
  position: absolute; z-index: var(--xunzhang-z-index, 1000); inset-block-start: calc(100% + .3rem); inset-inline-start: 0;
  inline-size: max(100%, min(36rem, 100vw - 3rem)); max-block-size: 36rem; display: flex; flex-direction: column;
  background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 .6rem 1.8rem rgb(0 0 0 / .2);
}
.combo.from-end { inset-inline: auto 0; }
[role=listbox] { min-block-size: 0; padding: .3rem; overflow: auto; overscroll-behavior: contain; }
[role=option] { display: block; padding: .5rem .7rem; border-radius: calc(var(--radius) * .7); color: inherit; text-decoration: none; cursor: pointer; }
[role=option] + [role=option] { margin-block-start: .1rem; }
[role=option]:hover { background: color-mix(in srgb, var(--chosen) 55%, transparent); }
[role=option][aria-selected=true] { background: var(--chosen); outline: 2px solid var(--focus); outline-offset: -2px; }
.path { display: block; color: var(--soft); font-size: .85em; overflow-wrap: anywhere; }
.title { color: var(--accent); font-weight: 600; }
.text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere; }
.whole .text { display: block; }
.mark { background: var(--mark); color: var(--mark-ink); border-radius: .15em; }
.badge { margin-inline-start: .6em; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .85em; white-space: nowrap; }
.summary, .failure { padding: .55rem 1rem; font-size: .9em; }
.summary { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; color: var(--soft); }
[role=listbox]:not([hidden]) + .summary { border-block-start: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
.warning { flex-basis: 100%; }
.more { margin-inline-start: auto; color: var(--accent); }
.message { display: block; }
.hint { margin: .1rem 0 .6rem; color: var(--soft); overflow-wrap: anywhere; }
.retry, .trigger { padding: .3em .9em; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: var(--radius); cursor: pointer; }
.trigger { display: inline-flex; gap: .8em; align-items: center; min-block-size: 2.5em; }
.trigger-text { color: var(--soft); }
.key { font: inherit; font-size: .8em; color: var(--soft); padding: 0 .4em; border: 1px solid color-mix(in srgb, var(--line) 60%, transparent); border-radius: .3em; }
.dialog {
  inline-size: min(42rem, 100vw - 2rem); max-block-size: 84vh; margin: 9vh auto auto; padding: 0; overflow: hidden; color: var(--ink);
  background: var(--paper); border: 1px solid var(--line); border-radius: calc(var(--radius) * 1.5); box-shadow: 0 1.5rem 4rem rgb(0 0 0 / .35);
}
.dialog::backdrop { background: var(--xunzhang-backdrop, rgb(20 16 10 / .5)); }
.dialog .search { display: grid; grid-template-columns: 1fr auto; align-items: center; }
.dialog .input { grid-area: 1 / 1 / 2 / 3; border: 0; border-radius: 0; padding: .8em 3.2em .8em 1.1em; font-size: 1.1em; }
.dialog .input:focus-visible { outline: 0; box-shadow: inset 0 -2px var(--focus); }
.dialog .input::-webkit-search-cancel-button { display: none; }
.dialog .combo { position: static; grid-area: 2 / 1 / 3 / 3; inline-size: auto; max-block-size: 62vh; border: 0; border-radius: 0; box-shadow: none; border-block-start: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
.close { grid-area: 1 / 2; inline-size: 2.4em; block-size: 2.4em; margin-inline: .3em; padding: 0; background: none; border: 0; border-radius: var(--radius); font-size: 1.2em; color: var(--soft); cursor: pointer; }
.keys { margin: 0; padding: .45rem 1.1rem; font-size: .8em; color: var(--soft); border-block-start: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
@media (hover: none) { .keys, .key { display: none; } }
@media (prefers-reduced-motion: no-preference) {
  [aria-busy=true] .count { animation: wait 1.2s ease-in-out infinite alternate; }
  .dialog[open] { animation: rise .14s ease-out; }
}
@keyframes wait { to { opacity: .55; } }
@keyframes rise { from { opacity: 0; transform: translateY(-.5rem); } }
`;

let made;

/** One sheet for all elements of the page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
