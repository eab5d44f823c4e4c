"""What icsgraph is measured against, a folder each."""
