"""A real OpenSearch cluster on this machine, for tests and measurements: ``make opensearch``, ``make opensearch-stop``.

Maven Central has a server as jars (``pom.xml``), whose own ``main`` starts one node a process; here is what finds a
Java for it (``java``), brings the jars (``jars``), and starts, stops and hurts the nodes (``cluster``). Nothing of it
listens to anything but the loopback, and only the standard library is needed.
"""
