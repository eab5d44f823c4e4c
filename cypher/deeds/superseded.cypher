// asks: what a change set replaced of a thing: its states, and the relationships at it
// takes: id: STRING, sequence: INTEGER
// gives: states: LIST<MAP>, links: LIST<MAP>
MATCH (n:Entity {id: $id})
RETURN COLLECT {
    MATCH (n)-[:HAS_STATE_SUPERSEDED]->(s:State)
    WHERE s.recordedTo = $sequence AND s.recordedFrom < $sequence
    RETURN properties(s)
  } AS states,
  COLLECT {
    MATCH (n)-[r]-(:Entity)
    WHERE type(r) ENDS WITH '_SUPERSEDED' AND r.recordedTo = $sequence AND r.recordedFrom < $sequence
    RETURN {
      start: startNode(r).id, end: endNode(r).id, properties: properties(r),
      type: left(type(r), size(type(r)) - size('_SUPERSEDED'))
    }
  } AS links
