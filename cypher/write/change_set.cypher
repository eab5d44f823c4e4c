// asks: that the next number of the sequence is taken by a change set
// takes: changeSet: MAP, graph: MAP
// gives: sequence: INTEGER
// writes: Graph, ChangeSet
MATCH (g:Graph {key: 'graph'})
SET g += $graph
CREATE (c:ChangeSet)
SET c = $changeSet
RETURN c.sequence AS sequence
