// asks: what is held of everything: present values, and the other states
// takes: nothing
// gives: labels: LIST<STRING>, properties: MAP, states: LIST<MAP>
MATCH (n:Entity)
WHERE n.validFrom IS NOT NULL
RETURN labels(n) AS labels, properties(n) AS properties, [(n)-[:HAS_STATE]->(s:State) | properties(s)] AS states
