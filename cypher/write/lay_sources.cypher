// asks: that these sources are described
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: Source
UNWIND $rows AS row
MERGE (s:Source {code: row.code})
SET s = row
RETURN count(*) AS count
