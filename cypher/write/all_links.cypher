// asks: which relationships are held
// takes: nothing
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
MATCH (n:Entity)-[r]->(m)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
RETURN n.id AS start, type(r) AS type, m.id AS end, properties(r) AS properties
