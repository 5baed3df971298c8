"""What surrounds a text on a page: scripts, navigation, share bars, editor lines.

Holds the ``rules``, which are data, and the ``filter`` that goes by them. Never a rule without an example of what it
drops and near-misses that it keeps, and never a place of one site alone. To add a rule, give ``rules`` an entry; the
tests take its examples from there.
"""
