// asks: which things do not show the state or bear the label of today
// takes: today: DATE
// gives: id: STRING
MATCH (n:Entity)
WHERE n.validFrom IS NOT NULL
WITH n, split(n.id, ':')[0] + CASE
    WHEN n.validFrom > $today THEN 'Planned'
    WHEN n.validTo <= $today THEN 'Ended'
    ELSE ''
  END AS due
WHERE NOT due IN labels(n)
  OR EXISTS {
    MATCH (n)-[:HAS_STATE]->(s:State)
    WHERE s.validFrom <= $today AND ($today < s.validTo OR s.validTo IS NULL)
  }
  OR (n.stateTo <= $today AND (n.validTo > $today OR n.validTo IS NULL))
RETURN n.id AS id
