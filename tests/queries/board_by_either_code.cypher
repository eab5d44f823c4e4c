// $p1 = "2026-11-24"
// $p2 = "ONS:E54000042"
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  head(COLLECT { CALL () { MATCH (:Identifier {id: $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(n3:Entity) RETURN n3 UNION MATCH (n3:Entity {id: $p2}) RETURN n3 } WITH n3 WHERE n3:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned
    RETURN [n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1), n3.validFrom, n3.validFromPrecision, n3.validTo, CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [n3.code, n3.name] END] LIMIT 1 })] AS row
