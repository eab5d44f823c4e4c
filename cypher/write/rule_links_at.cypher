// asks: which relationships are held that a rule made from one of these things, or to one of those
// takes: types: LIST<STRING>, rule: STRING, starts: LIST<STRING>, ends: LIST<STRING>
// gives: start: STRING, type: STRING, end: STRING, properties: MAP
CALL () {
  UNWIND $starts AS id
  MATCH (:Entity {id: id})-[r:$any($types)]->(:Entity)
  RETURN r
  UNION
  UNWIND $ends AS id
  MATCH (:Entity {id: id})<-[r:$any($types)]-(:Entity)
  RETURN r
}
WITH r
WHERE r.rule = $rule
RETURN startNode(r).id AS start, type(r) AS type, endNode(r).id AS end, properties(r) AS properties
