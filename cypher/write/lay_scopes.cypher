// asks: that it is said what sources can speak of
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: Scope
UNWIND $rows AS row
MERGE (s:Scope {about: row.about})
SET s = row
RETURN count(*) AS count
