// $p4Limit = 50
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  COLLECT { MATCH (n2:IntegratedCareBoard)
    WITH *, n2.code AS o23 ORDER BY o23 LIMIT $p4Limit RETURN [o23, n2.name, [COUNT { (n2)<-[:SUB_ICB_OF]-() }], [COUNT { (n2)<-[:TRUST_IN]-() }]] }] AS row
