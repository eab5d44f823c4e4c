// asks: which ODS or ONS codes name two things of one concept on the same day
// takes: limit: INTEGER
// gives: offender: STRING
// holds: a code names one thing at a time, whatever its status
MATCH (n:Entity)
WHERE n.validFrom IS NOT NULL
UNWIND [['ODS', n.odsCode], ['ONS', n.onsCode]] AS pair
WITH n, split(n.id, ':')[0] AS concept, pair[0] AS scheme, pair[1] AS code
WHERE code IS NOT NULL
WITH concept, scheme, code, collect(n) AS bearers
WHERE size(bearers) > 1
UNWIND bearers AS a
UNWIND bearers AS b
WITH concept, scheme, code, a, b
WHERE a.id < b.id AND (a.validTo IS NULL OR b.validFrom < a.validTo) AND (b.validTo IS NULL OR a.validFrom < b.validTo)
RETURN concept + ' ' + scheme + ' ' + code + ': ' + a.id + ' and ' + b.id AS offender
LIMIT $limit
