// asks: which relationships do not bear the type of their status today
// takes: limit: INTEGER
// gives: offender: STRING
// holds: a relationship's type says whether it is in force
MATCH (g:Graph {key: 'graph'})
MATCH (a:Entity)-[r]->(b)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
WITH coalesce(g.since, date('0001-01-01')) AS since, a, r, b, CASE
    WHEN type(r) ENDS WITH '_ENDED' THEN 'ENDED'
    WHEN type(r) ENDS WITH '_PLANNED' THEN 'PLANNED'
    ELSE 'IN_FORCE'
  END AS status
WHERE (status = 'PLANNED') <> (r.validFrom > since)
  OR (status = 'ENDED') <> (r.validTo IS NOT NULL AND r.validTo <= since)
RETURN a.id + ' ' + type(r) + ' ' + b.id + ' from ' + toString(r.validFrom) AS offender
LIMIT $limit
