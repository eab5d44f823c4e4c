"""Every Cypher text, and the two hands that run them: the reader, and the writer that keeps both clocks."""
