// asks: what a service has that is about an area: its agreements, or whom it says it serves
// takes: service: STRING, area: STRING, has: LIST<STRING>, about: LIST<STRING>
// gives: id: STRING
MATCH (:Entity {id: $service})-[:$any($has)]->(n:Entity)-[:$any($about)]->(:Entity {id: $area})
RETURN DISTINCT n.id AS id
ORDER BY id
