"""A real OpenSearch cluster on this machine, for tests and measurements: ``make opensearch``, ``make opensearch-stop``.

Maven Central has a server as jars (``pom.xml``); ``OneNode.java`` starts one node of it a process. Here is what finds
a Java for it (``java``), brings the jars and compiles (``program``), starts, stops and hurts nodes (``cluster``), and
puts a login before them (``front``). Nothing listens to anything but the loopback, and only the standard library is
needed.
"""
