"""The public contract: Strawberry types, one module a concept, each beside how it lies in the graph."""
