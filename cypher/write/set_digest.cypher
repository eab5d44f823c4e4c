// asks: that the graph remembers of which tables it was loaded
// takes: digest: STRING
// gives: key: STRING
// writes: Graph
MATCH (g:Graph {key: 'graph'})
SET g.tablesDigest = $digest
RETURN g.key AS key
