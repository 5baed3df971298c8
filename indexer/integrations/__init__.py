"""The search inside other people's programs: MCP clients, LangChain, LlamaIndex.

Holds one module for each library, which an extra brings. Never imports more than ``indexer``'s public API and that
library, as a program of one's own would, and nothing here is imported before it is wanted. To add one, write a module
and its extra in ``pyproject.toml``.
"""
