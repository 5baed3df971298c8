"""What surrounds a text on a page: scripts, navigation, share bars, editor lines.

Holds the rules, which are data (``rules``: of what they consist; ``element_rules``, ``text_rules``, ``list_rules``; and
``site_rules``, those for pages of built sites), and the ``filter`` that goes by them. Never a rule without an example
of what it drops and near-misses that it keeps, and never a rule for one site alone. To add a rule, give one of them an
entry; the tests take its examples from there. ``link_lists`` and ``frame_lines`` tell what stands around the text of a
page by its place, which ``formats/html`` knows.
"""
