"""The site in other people's programs and pages: the widget, feeds, a browser's search box.

Holds routes whose answers are read by programs of others, by formats that are not ours. Never the JSON API (``api``).
To add a format: a module with ``add_routes``, called in ``webui._routes``, and a template if it is XML.
"""
