"""From what sources say to the graph: readers, tidy tables, the differ, and the load."""
