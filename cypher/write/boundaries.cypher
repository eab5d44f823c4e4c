// asks: between which two days that include today nothing that is held starts or ends
// takes: today: DATE
// gives: since: DATE, until: DATE
CALL () {
  MATCH (n:Entity)
  UNWIND [n.validFrom, n.validTo, n.stateFrom, n.stateTo] AS day
  RETURN day
  UNION
  MATCH (:Entity)-[:HAS_STATE]->(s:State)
  UNWIND [s.validFrom, s.validTo] AS day
  RETURN day
  UNION
  MATCH (:Entity)-[r]->()
  WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
  UNWIND [r.validFrom, r.validTo] AS day
  RETURN day
}
RETURN max(CASE WHEN day <= $today THEN day END) AS since, min(CASE WHEN day > $today THEN day END) AS until
