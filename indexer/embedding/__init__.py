"""Holds what turns texts into directions of meaning: which texts of a document, and the model that embeds them.

A model is the user's: a folder with ``model.onnx``, or a function of a module; none comes with the program, and nothing
is downloaded. Never stores a vector in an index, compares or ranks one: that is an engine's. To add a way to run
models, write a module beside ``onnx`` and name it in ``model.load_embedder``.
"""
