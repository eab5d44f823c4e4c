// $p1 = "2026-11-24"
// $p4Limit = 51
// $p4Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COLLECT { MATCH (n2:IntegratedCareBoard) WHERE n2.id > $p4Key
    RETURN [n2.id, [n2.code, n2.name, [COUNT { (n2)<-[:SUB_ICB_OF]-() }], [COUNT { (n2)<-[:TRUST_IN]-() }]]] ORDER BY n2.id LIMIT $p4Limit }]] AS row
