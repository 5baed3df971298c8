"""Bytes → text.

Holds the ``decoder``, the ``language_models`` by which it chooses among encodings, and the ``character_frequencies`` of
those. Never a format, and never a guess that may be mojibake: what cannot be told is refused. To add an encoding, give
the table in ``decoder`` an entry, with the model that prices its texts.
"""
