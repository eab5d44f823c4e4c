// asks: which relationships are held at these things, in either direction
// takes: ids: LIST<STRING>
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r]-(m)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
RETURN startNode(r).id AS start, type(r) AS type, endNode(r).id AS end, properties(r) AS properties
