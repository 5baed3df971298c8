"""What a single line cannot settle, settled by its company: which numbers count, which lines open sections.

Holds a module for each kind of line: ``numbers``, ``articles``, ``parts``, ``marks``, ``labels``, ``questions``,
``poems``, ``counted_lines`` for those that count in a form of their own, and ``named_lines`` for those that a table of
contents or their place tells; ``settling`` asks one after the other.
Never what one line shows by itself (``evidence``), nor which level a heading has (``headings``). To add a kind, give it
a function that changes the evidence of its lines where there are enough of them, and ``settling`` its place.
"""

from indexer.documents.structure.runs.settling import settle

__all__ = ["settle"]
