// $p1 = "2024-01-01"
// $p2 = "PrimaryCareNetwork:U41591"
// $p10Limit = 3
// $p10Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned
    OPTIONAL MATCH (n3)-[:HAS_STATE]->(s5:State) WHERE s5.validFrom <= $p1 AND (s5.validTo IS NULL OR s5.validTo > $p1)
    WITH *, coalesce(s5, n3) AS v6
    RETURN [n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1), n3.validFrom, n3.validFromPrecision, n3.validTo, CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [v6.name, n3.validFrom, n3.validFromPrecision, n3.validTo, [COLLECT { MATCH (n3)<-[r9:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(n8) WHERE r9.validFrom <= $p1 AND (r9.validTo IS NULL OR r9.validTo > $p1) AND n8.id > $p10Key
    OPTIONAL MATCH (n8)-[:HAS_STATE]->(s14:State) WHERE s14.validFrom <= $p1 AND (s14.validTo IS NULL OR s14.validTo > $p1)
    WITH *, coalesce(s14, n8) AS v15
    RETURN [n8.id, r9.validFrom, [n8.code, v15.name]] ORDER BY n8.id LIMIT $p10Limit }, COUNT { MATCH (n3)<-[r9:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(n8) WHERE r9.validFrom <= $p1 AND (r9.validTo IS NULL OR r9.validTo > $p1) }]] END] LIMIT 1 })] AS row
