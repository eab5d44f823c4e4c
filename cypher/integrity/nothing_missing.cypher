// asks: which facts lack what every fact must say
// takes: limit: INTEGER
// gives: offender: STRING
// holds: nothing required is missing
CALL () {
  MATCH (n:Entity)
  WHERE n.validFrom IS NOT NULL OR size(labels(n)) > 1
  RETURN n AS fact, coalesce(n.id, elementId(n)) AS what,
    n.code IS NULL OR n.stateFrom IS NULL OR n.name IS NULL AS short
  UNION ALL
  MATCH (n:Entity)-[:HAS_STATE]->(s:State)
  RETURN s AS fact, 'state of ' + n.id AS what, s.name IS NULL AS short
  UNION ALL
  MATCH (a:Entity)-[r]->(b)
  WHERE NOT type(r) IN ['HAS_STATE', 'HAS_STATE_SUPERSEDED']
  RETURN r AS fact, a.id + ' ' + type(r) + ' ' + b.id AS what,
    type(r) ENDS WITH '_SUPERSEDED' AND r.recordedTo IS NULL AS short
}
WITH fact, what, short
WHERE short OR fact.validFrom IS NULL OR fact.validFromPrecision IS NULL
  OR (fact.validTo IS NULL) <> (fact.validToPrecision IS NULL)
  OR fact.standing IS NULL OR fact.sources IS NULL OR size(fact.sources) = 0 OR fact.series IS NULL
  OR fact.recordedFrom IS NULL OR (fact.standing = 'DERIVED') <> (fact.rule IS NOT NULL)
RETURN what AS offender
LIMIT $limit
