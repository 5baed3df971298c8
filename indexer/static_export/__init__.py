"""The static export: an index as files that any static host serves, searched by JavaScript in the reader's browser.

The answers are the server's: same hits, tiers, counts, order, highlights, facets and scores. ``webui/static/engine``
is this program's query side once more, module by module under the same names, so that both can be read side by side;
``tests/static_export`` holds the two against each other. What is exported is what that code needs, cut up so that a
search moves little.

    index.json          format and generation; the only file whose name stays
    xunzhang-export.json   the files of the export, which the next one may replace (``own_files``); no page reads it
    engine/             the JavaScript modules; ``engine/engine.js`` is the entrance
    GENERATION/core     once for each visit: documents, tree of headings, columns of the passages, where shards begin
    GENERATION/dictionary/N   the segmenter's words by their first characters, and what its HMM knows of them
    GENERATION/pairs/N        pair of adjacent folded characters → positions
    GENERATION/characters/N   folded character → passages, and how often it stands in each
    GENERATION/words/N        word → which occurrences of its characters are that word
    GENERATION/texts/N        the passages themselves, read only for hits that are shown (and to verify wildcards)
    GENERATION/digests/N      what ends their permalinks, read before their texts where a whole document is to be read
    GENERATION/cuts/N         lengths of their segmented pieces, read only for wildcards bound to a word's boundary
    GENERATION/copies         passages whose text an earlier one has, read only where these are to be one hit
    GENERATION/completions/N  beginning → what it may go on to (``completions``); ``firsts`` tells where each N begins
    GENERATION/folding        traditional → simplified, for what does not stand in the corpus

Shape, and why:

- A position counts folded characters through all passages, one after the other; with the lengths of the passages it
  is an offset in one of them. Pairs with positions decide what matches (a literal is its pairs, next to each other)
  and what is close, as in the Whoosh engine.
- A word is nearly always all occurrences of its characters, so that its postings are run lengths over those: in, out,
  in… They take a twentieth of the room of a list of passages.
- Characters only rank; without positions their lists are small.
- Shards are ranges of sorted terms of about the same size, small enough that a rare term costs little. A long list is a
  shard of its own: all of it is needed anyway.
- Files are zlib streams which the browser inflates itself (``DecompressionStream``), so that a host needs no
  configuration, and whose checksum tells a damaged file, or a page that a host serves in place of a missing one.
- Names carry a generation, the digest of everything exported: a page opened before a new export asks for files that
  are gone, and can say so, instead of mixing two indexes. ``index.json`` is replaced last.

A built site is exported into itself (``site``): its pages are read as they stand, without an index, and ``core`` and
``texts`` hold besides where the pages and passages are (``site_links``).

Holds what writes these files. Never holds how a query is answered: that is the twin's. To add a file, write it in
``writer`` and read it in ``webui/static/engine/engine/store.js``; a change of any raises ``writer.FORMAT``.
"""

from indexer.build.site_reader import Pages
from indexer.static_export.site import FOLDER, export_site
from indexer.static_export.writer import export_static

__all__ = ["FOLDER", "Pages", "export_site", "export_static"]
