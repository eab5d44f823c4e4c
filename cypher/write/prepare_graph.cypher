// asks: that there is a Graph node, with the epoch that tells this graph from any other
// takes: epoch: STRING
// gives: sequence: INTEGER
// writes: Graph
MERGE (g:Graph {key: 'graph'})
ON CREATE SET g.sequence = 0, g.epoch = $epoch, g.hash = ''
RETURN g.sequence AS sequence
