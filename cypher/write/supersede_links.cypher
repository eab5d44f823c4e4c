// asks: that these relationships are no longer held since a change set, and are kept as superseded
// takes: rows: LIST<MAP>, sequence: INTEGER
// gives: count: INTEGER
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})-[r:$(row.type)]->(b)
WHERE b.id = row.end AND r.validFrom = row.validFrom AND coalesce(r.key, '') = row.key
CREATE (a)-[s:$(row.superseded)]->(b)
SET s = properties(r)
SET s.recordedTo = $sequence
DELETE r
RETURN count(*) AS count
