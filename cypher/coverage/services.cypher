// asks: which knowledge services there are, at any time: all, or those of these ids
// takes: starts: LIST<STRING>
// gives: service: NODE
CALL () {
  WITH $starts AS starts
  WHERE starts IS NULL
  MATCH (service:KnowledgeService|KnowledgeServiceEnded|KnowledgeServicePlanned)
  RETURN service
  UNION ALL
  UNWIND $starts AS id
  MATCH (service:Entity {id: id})
  RETURN service
}
RETURN service
