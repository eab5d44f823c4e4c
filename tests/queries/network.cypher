// $p1 = "2026-11-24"
// $p2 = "PrimaryCareNetwork:U41591"
// $p28Limit = 101
// $p28Key = ""
// $p21Limit = 101
// $p21Key = ""
// $p14Limit = 101
// $p14Key = ""
// $p42Limit = 101
// $p42Key = ""
// $p35Limit = 101
// $p35Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned
    RETURN [n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1), n3.validFrom, n3.validFromPrecision, n3.validTo, CASE WHEN n3.validFrom <= $p1 AND (n3.validTo IS NULL OR n3.validTo > $p1) THEN [n3.name, [COUNT { (n3)<-[:MEMBER_OF]-() }], [COLLECT { MATCH (n3)-[r13:NETWORK_IN]->(n12) WHERE n12.id > $p14Key
    RETURN [n12.id, r13.share, [n12.code, [COLLECT { MATCH (n12)-[r20:SUB_ICB_OF]->(n19) WHERE n19.id > $p21Key
    RETURN [n19.id, [n19.code, n19.name, [COLLECT { MATCH (n19)-[r27:IN_REGION]->(n26) WHERE n26.id > $p28Key
    RETURN [n26.id, [n26.name]] ORDER BY n26.id LIMIT $p28Limit }]]] ORDER BY n19.id LIMIT $p21Limit }]]] ORDER BY n12.id LIMIT $p14Limit }], [COLLECT { MATCH (n3)<-[r34:COVERS]-(n33) WHERE n33.id + ' ' + coalesce(r34.key, '') > $p35Key
    RETURN [n33.id + ' ' + coalesce(r34.key, ''), r34.rule, toUpper(r34.terms), [n33.name, [COLLECT { MATCH (n33)-[r41:HOSTED_BY]->(n40) WHERE n40.id > $p42Key
    RETURN [n40.id, [n40.name]] ORDER BY n40.id LIMIT $p42Limit }]]] ORDER BY n33.id + ' ' + coalesce(r34.key, '') LIMIT $p35Limit }]] END] LIMIT 1 })] AS row
