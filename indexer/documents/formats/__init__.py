"""Holds one module (or package) for each format of files: ``SUFFIXES`` and ``read(content, name)``, bytes → blocks.

Never what is the same in all formats: Chinese structure, titles and boilerplate are the registry's, ``documents``. A
format imports its library at its head, since the registry imports the format with its first file. To add a format,
copy ``_template.py``, see there.
"""
