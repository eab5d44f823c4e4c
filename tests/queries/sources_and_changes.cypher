// $p1 = "2026-11-24"
// $p4Limit = 3
// $p4Key = ""
// $p9 = "2026-11-24"
// $p10 = "epraccur_20260302"
// $p14 = "2026-11-24"
// $p17Limit = 2
// $p17Key = "\udbff\udfff"
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COLLECT { MATCH (n2:Source) WHERE n2.code > $p4Key
    RETURN [n2.code, [n2.code, n2.title]] ORDER BY n2.code LIMIT $p4Limit }],
  head(COLLECT { MATCH (n11:Source) WHERE n11.code = $p10
    RETURN [true, n11.validFrom, n11.validFromPrecision, n11.validTo, CASE WHEN true THEN [n11.publisher, n11.licence] END] LIMIT 1 }),
  [COLLECT { MATCH (n15:ChangeSet) WHERE right('00000000000' + toString(n15.sequence), 12) < $p17Key
    RETURN [right('00000000000' + toString(n15.sequence), 12), [n15.sequence, coalesce(n15.source, n15.kind), n15.recordedAt]] ORDER BY right('00000000000' + toString(n15.sequence), 12) DESC LIMIT $p17Limit }]] AS row
