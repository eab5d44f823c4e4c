// $p4Limit = 2
// $p11 = "epraccur_20260302"
// $p18Limit = 1
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  COLLECT { MATCH (n2:Source)
    WITH *, n2.code AS o9 ORDER BY o9 LIMIT $p4Limit RETURN [o9, n2.title] },
  head(COLLECT { MATCH (n12:Source) WHERE n12.code = $p11
    RETURN CASE WHEN true THEN [[n12.publisher, n12.licence]] ELSE [null, n12.validFrom, n12.validFromPrecision, n12.validTo] END LIMIT 1 }),
  COLLECT { MATCH (n16:ChangeSet)
    WITH *, right('00000000000' + toString(n16.sequence), 12) AS o23 ORDER BY o23 DESC LIMIT $p18Limit RETURN [n16.sequence, coalesce(n16.source, n16.kind), n16.recordedAt] }] AS row
