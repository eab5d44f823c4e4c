// asks: which relationships of these types are held that start at these things
// takes: ids: LIST<STRING>, types: LIST<STRING>
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:$any($types)]->(m)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
RETURN n.id AS start, type(r) AS type, m.id AS end, properties(r) AS properties
