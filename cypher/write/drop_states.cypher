// asks: that these nodes have no state beside them, because their states are laid anew in the same transaction
// takes: ids: LIST<STRING>
// gives: count: INTEGER
// writes: State
UNWIND $ids AS id
MATCH (:Entity {id: id})-[:HAS_STATE]->(s:State)
DETACH DELETE s
RETURN count(*) AS count
