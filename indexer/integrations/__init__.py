"""The search inside other people's programs: MCP clients, LangChain, LlamaIndex.

Each module stands on ``indexer``'s public API alone, as a program of one's own would, and on one library that an extra
brings; nothing here is imported before it is asked for.
"""
