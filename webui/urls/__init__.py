"""Addresses: what a URL says, and the URLs that say it.

Holds the state of a search in a URL, the language, the path below which the site stands, permalinks. Never a route, or
what is shown. To add a filter or a choice: in ``indexer.model.choices``, from which ``state`` takes all names.
"""
