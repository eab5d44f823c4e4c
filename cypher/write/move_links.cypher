// asks: that the relationships whose day has come are of the type of their status today
// takes: today: DATE
// gives: count: INTEGER
MATCH (a:Entity)-[r]->(b)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
WITH a, r, b, CASE
    WHEN type(r) ENDS WITH '_ENDED' THEN left(type(r), size(type(r)) - 6)
    WHEN type(r) ENDS WITH '_PLANNED' THEN left(type(r), size(type(r)) - 8)
    ELSE type(r)
  END + CASE WHEN r.validFrom > $today THEN '_PLANNED' WHEN r.validTo <= $today THEN '_ENDED' ELSE '' END AS due
WHERE type(r) <> due
CREATE (a)-[moved:$(due)]->(b)
SET moved = properties(r)
DELETE r
RETURN count(*) AS count
