// asks: which relationships are held that a rule made
// takes: types: LIST<STRING>, rule: STRING
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
MATCH (n:Entity)-[r:$any($types)]->(m)
WHERE r.rule = $rule
RETURN n.id AS start, type(r) AS type, m.id AS end, properties(r) AS properties
