// asks: which things do not bear exactly the label of their status today
// takes: limit: INTEGER
// gives: offender: STRING
// holds: a node's label says whether it is in force
MATCH (g:Graph {key: 'graph'})
MATCH (n:Entity)
WITH n, coalesce(g.since, date('0001-01-01')) AS since
WITH n, split(n.id, ':')[0] AS concept, CASE
    WHEN n.validFrom IS NULL THEN NULL
    WHEN n.validFrom > since THEN 'Planned'
    WHEN n.validTo <= since THEN 'Ended'
    ELSE ''
  END AS ending
WHERE [label IN labels(n) WHERE NOT label IN ['Entity', 'Organisation', 'Area']]
  <> CASE WHEN ending IS NULL THEN [] ELSE [concept + ending] END
RETURN n.id + ' bears ' + reduce(all = '', label IN labels(n) | all + ':' + label) AS offender
LIMIT $limit
