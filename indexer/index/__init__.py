"""An index in a folder: made, opened, and read through all its commits.

Holds the public class ``Index``, whose operations stand in ``updating``, ``searching``, ``reading`` (one document) and
``commits``, and what stands behind it: its folder, its session. Never holds how something is searched or built: it
hands that to ``search``, ``citation`` and ``build``. To add an operation, add a short method to the module it belongs
to that calls the room that can do it.
"""
