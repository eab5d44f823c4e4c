// asks: that these relationships join their nodes
// takes: rows: LIST<MAP>
// gives: count: INTEGER
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(*) AS count
