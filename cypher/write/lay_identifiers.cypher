// asks: that these codes of other schemes lead to their nodes
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: Identifier
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MERGE (b:Identifier {id: row.end})
ON CREATE SET b.scheme = row.scheme, b.value = row.value
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(*) AS count
