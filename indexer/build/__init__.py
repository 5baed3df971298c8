"""From folders to a commit: files are found, read, analysed, and handed to an engine.

Holds what decides which files are read again and what becomes of their documents, the reading, and the processes it
runs in. Never holds how a format is parsed (``documents``) or stored (``engines``). To add a step that every file goes
through, put it in ``reader`` or ``workers``; what an update decides belongs in ``update``.
"""
