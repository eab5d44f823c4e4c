// $p4Limit = 4
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  COLLECT { MATCH (n2:NHSTrust)
    WITH *, n2.code AS o9 ORDER BY o9 DESC LIMIT $p4Limit RETURN [o9] }] AS row
