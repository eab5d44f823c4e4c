// $p1 = "2026-11-24"
// $p2 = "IntegratedCareBoard:QRL"
// $p22Limit = 101
// $p22Key = ""
// $p15Limit = 101
// $p15Key = ""
// $p8Limit = 101
// $p8Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned
    RETURN [n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1), n3.validFrom, n3.validFromPrecision, n3.validTo, CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [n3.name, [COLLECT { MATCH (n3)<-[r7:SUB_ICB_OF]-(n6) WHERE n6.id > $p8Key
    RETURN [n6.id, [n6.code, n6.name, [COLLECT { MATCH (n6)<-[r14:NETWORK_IN]-(n13) WHERE n13.id > $p15Key
    RETURN [n13.id, [n13.code, n13.name, [COLLECT { MATCH (n13)<-[r21:MEMBER_OF]-(n20) WHERE n20.id > $p22Key
    RETURN [n20.id, [n20.code, n20.name]] ORDER BY n20.id LIMIT $p22Limit }]]] ORDER BY n13.id LIMIT $p15Limit }]]] ORDER BY n6.id LIMIT $p8Limit }]] END] LIMIT 1 })] AS row
