// asks: that these terms of the field are explained
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: Term
UNWIND $rows AS row
MERGE (t:Term {code: row.code})
SET t = row
RETURN count(*) AS count
