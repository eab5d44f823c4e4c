// asks: which relationships of one type, ends and key overlap in time
// takes: limit: INTEGER
// gives: offender: STRING
// holds: two held facts of one type, ends and key never overlap
MATCH (a:Entity)-[r]->(b)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
WITH a, b, CASE
    WHEN type(r) ENDS WITH '_ENDED' THEN left(type(r), size(type(r)) - 6)
    WHEN type(r) ENDS WITH '_PLANNED' THEN left(type(r), size(type(r)) - 8)
    ELSE type(r)
  END AS type, coalesce(r.key, '') AS key, collect(r) AS held
WHERE size(held) > 1
UNWIND range(0, size(held) - 2) AS i
UNWIND range(i + 1, size(held) - 1) AS j
WITH a, b, type, held[i] AS one, held[j] AS other
WHERE (one.validTo IS NULL OR other.validFrom < one.validTo)
  AND (other.validTo IS NULL OR one.validFrom < other.validTo)
RETURN a.id + ' ' + type + ' ' + b.id + ' from ' + toString(one.validFrom) + ' and ' + toString(other.validFrom)
  AS offender
LIMIT $limit
