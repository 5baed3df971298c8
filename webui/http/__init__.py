"""What every answer and every request has to do with HTTP: access, caching, compression, origins, errors.

Holds modules that are installed around all routes, and forms of answers that routes share. Never what an answer says.
To add one: a module with ``install``, called in ``webui._install`` at its position in the order.
"""
