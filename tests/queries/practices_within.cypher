// $p9 = "surgery"
// $p10 = "QT1"
// $p4Limit = 51
MATCH (graph:Graph)
CALL () { CALL () { UNWIND ['NHSRegion', 'IntegratedCareSystem', 'IntegratedCareBoard', 'SubICBLocation', 'Place', 'LocalAuthority', 'PrimaryCareNetwork', 'Neighbourhood'] AS concept MATCH (w:Entity {id: concept + ':' + $p10}) RETURN w UNION MATCH (:Identifier {id: 'ONS:' + $p10})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(w:Entity) RETURN w } CALL (w) { WITH w WHERE w.id STARTS WITH 'PrimaryCareNetwork:' MATCH (w)<-[step0:MEMBER_OF]-(n2) WHERE true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'SubICBLocation:' MATCH (w)<-[step0:COMMISSIONED_BY]-(n2) WHERE true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareBoard:' MATCH (w)<-[step0:SUB_ICB_OF]-()<-[step1:COMMISSIONED_BY]-(n2) WHERE true AND true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareSystem:' MATCH (w)<-[step0:BOARD_OF]-()<-[step1:SUB_ICB_OF]-()<-[step2:COMMISSIONED_BY]-(n2) WHERE true AND true AND true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'NHSRegion:' MATCH (w)<-[step0:IN_REGION]-()<-[step1:SUB_ICB_OF]-()<-[step2:COMMISSIONED_BY]-(n2) WHERE true AND true AND true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:LOCATED_IN]-(n2) WHERE true RETURN n2 UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:WITHIN]-()<-[step1:LOCATED_IN]-(n2) WHERE true AND true RETURN n2 } WITH DISTINCT n2 WHERE (n2:GPPractice) AND toLower(n2.name) CONTAINS $p9 RETURN collect(n2) AS l11 }
CALL (l11) { UNWIND l11 AS n2 WITH *
    OPTIONAL CALL (n2) { MATCH (n2)-[step0:MEMBER_OF]->(w) WHERE true RETURN w }
    WITH w.code AS key, w AS of, count(DISTINCT n2) AS number
    WITH {key: key, of: of, number: number} AS i12 ORDER BY i12.number DESC, i12.key
    RETURN collect([i12.key, i12.number, COLLECT { UNWIND [i12.of] AS n14 WITH n14 WHERE n14 IS NOT NULL RETURN [n14.name] }]) AS l17 }
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  [COLLECT { UNWIND l11 AS n2 WITH *
    WITH *, (toLower(coalesce(n2.name, '')) + ' ' + n2.id) AS o18 ORDER BY o18 LIMIT $p4Limit RETURN [o18, n2.code, n2.name] }, size(l11), l17]] AS row
