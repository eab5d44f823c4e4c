// $p2 = "ONS:E54000042"
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  head(COLLECT { CALL () { MATCH (:Identifier {id: $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(n3:Entity) RETURN n3 UNION MATCH (n3:Entity {id: $p2}) RETURN n3 } WITH n3 WHERE n3:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned
    RETURN CASE WHEN n3:IntegratedCareBoard THEN [[n3.code, n3.name]] ELSE [null, n3.validFrom, n3.validFromPrecision, n3.validTo] END LIMIT 1 })] AS row
