"""What a paragraph is to a reader of a Chinese document: title, heading of some depth, caption, source, topic.

Holds the ``classifier``, which puts together what the others know: ``numbering`` (第一章, 一、), ``evidence`` (what one
block shows), ``runs`` and ``headings`` (what all of them show together), ``nesting``, ``titles``,
``title_translations``, ``topics``, ``captions``, ``code_lines``. Never a format: they get blocks, whatever file those
come from. To add a way in which headings are numbered, give ``numbering`` its pattern, and ``tests/golden/reading`` a
document with it and its near-misses.
"""
