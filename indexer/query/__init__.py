"""What was typed → what is looked for: the options, the tree of the query, and one analysed tree for each tier.

Holds ``syntax`` (string → tree), ``rewriter`` and ``tier_trees`` (tree → analysed trees; of one run ``run_trees``),
``ranking`` (what ranks), the ``planner`` that calls them, ``spans`` (where an analysed leaf stands in a text) and the
``options``. Never an engine or an index: nothing is looked up here. To add a node of the language, give
``model.queries`` its class; mypy names every match that lacks it.
"""
