// asks: that whoever writes next waits until this transaction is done; no row where the graph was not prepared
// takes: writer: STRING
// gives: key: STRING
// writes: Graph
MATCH (g:Graph {key: 'graph'})
SET g.writer = $writer
RETURN g.key AS key
