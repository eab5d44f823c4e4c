// asks: that something else is held of these relationships since a change set; what was held is kept as superseded
// takes: rows: LIST<MAP>, sequence: INTEGER
// gives: count: INTEGER
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MATCH (a)-[r:$(row.type)]->(b)
WHERE r.validFrom = row.validFrom AND coalesce(r.key, '') = row.key
CREATE (a)-[s:$(row.superseded)]->(b)
SET s = properties(r)
SET s.recordedTo = $sequence
SET r = row.properties
RETURN count(*) AS count
