// asks: that these states hang on their nodes: HAS_STATE, or HAS_STATE_SUPERSEDED with recordedTo in the state
// takes: rows: LIST<MAP>
// gives: count: INTEGER
// writes: State
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
CREATE (n)-[:$(row.type)]->(s:State)
SET s = row.properties
RETURN count(*) AS count
