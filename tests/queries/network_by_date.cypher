// $p1 = "2024-01-01"
// $p2 = "PrimaryCareNetwork:U41591"
// $p10Limit = 3
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned
    OPTIONAL MATCH (n3)-[:HAS_STATE]->(s5:State) WHERE s5.validFrom <= $p1 AND (s5.validTo IS NULL OR s5.validTo > $p1)
    WITH *, coalesce(s5, n3) AS v6
    RETURN CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [[v6.name, n3.validFrom, n3.validFromPrecision, n3.validTo, [COLLECT { MATCH (n3)<-[r9:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(n8) WHERE r9.validFrom <= $p1 AND (r9.validTo IS NULL OR r9.validTo > $p1)
    OPTIONAL MATCH (n8)-[:HAS_STATE]->(s15:State) WHERE s15.validFrom <= $p1 AND (s15.validTo IS NULL OR s15.validTo > $p1)
    WITH *, coalesce(s15, n8) AS v16
    WITH *, n8.code AS o17 ORDER BY o17 LIMIT $p10Limit RETURN [o17, r9.validFrom, v16.name] }, COUNT { MATCH (n3)<-[r9:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(n8) WHERE r9.validFrom <= $p1 AND (r9.validTo IS NULL OR r9.validTo > $p1) }]]] ELSE [null, n3.validFrom, n3.validFromPrecision, n3.validTo] END LIMIT 1 })] AS row
