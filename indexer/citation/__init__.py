"""Citing, and what is cited: citations written, references resolved, quotations checked.

Holds what reads or writes how texts name each other; it works on documents and passages, and asks an engine only to
find a quotation. Never ranks, and never prints. To add a style of citation, write it in ``styles`` and name it there.
"""
