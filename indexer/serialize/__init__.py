"""Answers written for others: JSON objects, tables, lists.

Holds how the objects of ``model`` are written, the same for the command line and the web. Never searches, and never
knows HTTP or a terminal. To add to an object of the API, add the key to its shape in ``shapes`` and write it in
``objects``; keys are never taken away within version 1.
"""
