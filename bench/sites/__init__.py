"""``python -m bench.sites NAME:BASE=FOLDER …``: built sites, searched by us, by Pagefind and by their own search.

``NAME`` is a generator (``mkdocs``, ``sphinx``, ``vitepress``, ``docusaurus``, ``hugo``), ``BASE`` the path at which
the site wants to be served, ``FOLDER`` what the generator wrote. Nothing of a site is kept here: build some.

What is true is what Chromium shows of the text of each page (``innerText``). Strings are cut from it at random, and
every occurrence that Ctrl+F would count on the pages has to be found.
"""
