"""An index in a folder: made, opened, and read through all its commits.

Holds the public class ``Index`` and what stands behind it: its folder, its session. Never holds how something is
searched or built: it hands that to ``search``, ``citation`` and ``build``. To add an operation, add a short method to
``Index`` that calls the room it belongs to.
"""
