// asks: that these nodes bear these labels and values and no others of ours
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: Entity
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
REMOVE n:$(row.without)
SET n = row.properties
SET n:$(row.labels)
RETURN count(*) AS count
