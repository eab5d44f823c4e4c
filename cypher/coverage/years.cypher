// asks: for how many years evidence speaks: the setting that lies on the graph, ten where none was made
// takes: nothing
// gives: years: INTEGER
OPTIONAL MATCH (graph:Graph {key: 'graph'})
RETURN coalesce(graph.yearsOfEvidence, 10) AS years
