// asks: which relationships are held that were made by rules other than these; a rule's own are of its own series
// takes: rules: LIST<STRING>
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
MATCH (n:Entity)-[r]->(m)
WHERE r.rule = r.series AND NOT r.rule IN $rules AND r.recordedTo IS NULL
RETURN n.id AS start, type(r) AS type, m.id AS end, properties(r) AS properties
