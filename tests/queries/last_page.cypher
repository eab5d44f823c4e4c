// $p1 = "2026-11-24"
// $p4Limit = 4
// $p4Key = "\udbff\udfff"
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COLLECT { MATCH (n2:NHSTrust) WHERE n2.id < $p4Key
    RETURN [n2.id, [n2.code]] ORDER BY n2.id DESC LIMIT $p4Limit }]] AS row
