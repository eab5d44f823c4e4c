// asks: what is held of these things: present values, and the other states
// takes: ids: LIST<STRING>
// gives: labels: LIST<STRING>, properties: MAP, states: LIST<MAP>
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.validFrom IS NOT NULL
RETURN labels(n) AS labels, properties(n) AS properties, [(n)-[:HAS_STATE]->(s:State) | properties(s)] AS states
