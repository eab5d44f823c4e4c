// asks: which facts rest on a source that is not described
// takes: limit: INTEGER
// gives: offender: STRING
// holds: every fact's sources are described
CALL () {
  MATCH (n:Entity)
  WHERE n.validFrom IS NOT NULL
  UNWIND n.sources AS code
  RETURN DISTINCT code
  UNION
  MATCH (:Entity)-[r]->()
  WHERE r.recordedFrom IS NOT NULL
  UNWIND r.sources AS code
  RETURN DISTINCT code
}
WITH code
WHERE NOT EXISTS { MATCH (:Source {code: code}) }
RETURN code AS offender
LIMIT $limit
