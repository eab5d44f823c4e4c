// asks: that these relationships are no longer held since a change set, and are kept as superseded
// takes: rows: LIST<MAP>, sequence: INTEGER
// gives: count: INTEGER
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row, a) {
  // Between two things, so that the thousands that a service covers are not looked through for one.
  MATCH (b:Entity {id: row.end})
  MATCH (a)-[r:$(row.type)]->(b)
  RETURN r, b
  UNION ALL
  // An identifier is no Entity; a thing has few.
  WITH row, a
  WHERE NOT EXISTS { (:Entity {id: row.end}) }
  MATCH (a)-[r:$(row.type)]->(b)
  WHERE b.id = row.end
  RETURN r, b
}
WITH row, a, r, b
WHERE r.validFrom = row.validFrom AND coalesce(r.key, '') = row.key
CREATE (a)-[s:$(row.superseded)]->(b)
SET s = properties(r)
SET s.recordedTo = $sequence
DELETE r
RETURN count(*) AS count
