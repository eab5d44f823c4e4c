// $p1 = "2025-06-01"
// $p2 = "ONS:E08000016"
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  head(COLLECT { MATCH (:Identifier {id: $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(n3:Entity) WITH DISTINCT n3 WHERE n3:LocalAuthority|LocalAuthorityEnded|LocalAuthorityPlanned
    OPTIONAL MATCH (n3)-[:HAS_STATE]->(s5:State) WHERE s5.validFrom <= $p1 AND (s5.validTo IS NULL OR s5.validTo > $p1)
    WITH *, coalesce(s5, n3) AS v6
    RETURN CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [[n3.code, v6.onsCode, v6.name]] ELSE [null, n3.validFrom, n3.validFromPrecision, n3.validTo] END LIMIT 1 })] AS row
