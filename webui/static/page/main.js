// No twin: the served pages come rendered.
// The pages of a static export: the one that this is, in the reader's language.

import { documentsPage } from "./documents_page.js";
import { readPage } from "./read_page.js";
import { searchPage } from "./search_page.js";
import { speak } from "./words.js";

const PAGES = { index: searchPage, read: readPage, documents: documentsPage };

async function make() {
  await speak();
  await PAGES[document.documentElement.dataset.page]();
}

make();
