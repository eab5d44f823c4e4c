// $p2 = "IntegratedCareBoard:QRL"
// $p22Limit = 100
// $p15Limit = 100
// $p8Limit = 100
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned
    RETURN CASE WHEN n3:IntegratedCareBoard THEN [[n3.name, COLLECT { MATCH (n3)<-[r7:SUB_ICB_OF]-(n6)
    WITH *, n6.code AS o29 ORDER BY o29 LIMIT $p8Limit RETURN [o29, n6.name, COLLECT { MATCH (n6)<-[r14:NETWORK_IN]-(n13)
    WITH *, n13.code AS o28 ORDER BY o28 LIMIT $p15Limit RETURN [o28, n13.name, COLLECT { MATCH (n13)<-[r21:MEMBER_OF]-(n20)
    WITH *, n20.code AS o27 ORDER BY o27 LIMIT $p22Limit RETURN [o27, n20.name] }] }] }]] ELSE [null, n3.validFrom, n3.validFromPrecision, n3.validTo] END LIMIT 1 })] AS row
