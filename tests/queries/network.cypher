// $p2 = "PrimaryCareNetwork:U41591"
// $p29Limit = 100
// $p22Limit = 100
// $p15Limit = 100
// $p46Limit = 100
// $p39Limit = 100
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  head(COLLECT { MATCH (n3:Entity {id: $p2}) WHERE n3:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned
    RETURN CASE WHEN n3:PrimaryCareNetwork THEN [[n3.name, [COUNT { (n3)<-[:MEMBER_OF]-() }], COLLECT { MATCH (n3)-[r14:NETWORK_IN]->(n13)
    WITH *, n13.code AS o36 ORDER BY o36 LIMIT $p15Limit RETURN [r14.share, o36, COLLECT { MATCH (n13)-[r21:SUB_ICB_OF]->(n20)
    WITH *, n20.code AS o35 ORDER BY o35 LIMIT $p22Limit RETURN [o35, n20.name, COLLECT { MATCH (n20)-[r28:IN_REGION]->(n27)
    WITH *, n27.code AS o34 ORDER BY o34 LIMIT $p29Limit RETURN [n27.name] }] }] }, COLLECT { MATCH (n3)<-[r38:COVERS]-(n37)
    WITH *, n37.code + ' ' + coalesce(r38.key, '') AS o53 ORDER BY o53 LIMIT $p39Limit RETURN [r38.rule, toUpper(r38.terms), n37.name, COLLECT { MATCH (n37)-[r45:HOSTED_BY]->(n44)
    WITH *, n44.code AS o52 ORDER BY o52 LIMIT $p46Limit RETURN [[n44.name]] }] }]] ELSE [null, n3.validFrom, n3.validFromPrecision, n3.validTo] END LIMIT 1 })] AS row
