"""The process: the HTTP application, its settings, the command line, and the local Neo4j."""
