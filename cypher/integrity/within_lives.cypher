// asks: which relationships reach beyond the life of one of their ends
// takes: limit: INTEGER
// gives: offender: STRING
// holds: a relationship lies within both its ends' lives
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.recordedFrom IS NOT NULL AND r.recordedTo IS NULL
  AND NOT type(r) IN ['SUCCEEDED_BY', 'SUCCEEDED_BY_ENDED', 'SUCCEEDED_BY_PLANNED',
    'CLAIMED_ABOUT', 'CLAIMED_ABOUT_ENDED', 'CLAIMED_ABOUT_PLANNED']
  AND (a.validFrom IS NULL OR b.validFrom IS NULL OR r.validFrom < a.validFrom OR r.validFrom < b.validFrom
    OR (a.validTo IS NOT NULL AND (r.validTo IS NULL OR r.validTo > a.validTo))
    OR (b.validTo IS NOT NULL AND (r.validTo IS NULL OR r.validTo > b.validTo)))
RETURN a.id + ' ' + type(r) + ' ' + b.id + ' from ' + toString(r.validFrom) AS offender
LIMIT $limit
