"""A GraphQL selection becomes one Cypher statement, and its row becomes bytes."""
