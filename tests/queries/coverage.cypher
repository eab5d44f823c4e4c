// $p1 = "2026-11-24"
// $p3 = "U78462"
MATCH (graph:Graph)
CALL () {
  CALL () { UNWIND ['PrimaryCareNetwork', 'GPPractice', 'NHSTrust', 'IntegratedCareBoard', 'SubICBLocation', 'ClinicalCommissioningGroup', 'NHSRegion', 'LocalAuthority'] AS concept MATCH (found:Entity {id: concept + ':' + $p3}) RETURN found UNION MATCH (:Identifier {id: 'ONS:' + $p3})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(found:Entity) RETURN found } WITH found ORDER BY found.validFrom <= $p1 AND (found.validTo IS NULL OR found.validTo > $p1) DESC, found.validFrom DESC WITH head(collect(found)) AS kn4 WITH kn4, CASE WHEN kn4.validFrom <= $p1 AND (kn4.validTo IS NULL OR kn4.validTo > $p1) THEN kn4 END AS n4
  RETURN [CASE WHEN n4 IS NULL THEN 'NOT_FOUND' WHEN EXISTS { MATCH ()-[c:COVERS]->(n4) WHERE true AND coalesce(c.extent, 'WHOLE') = 'WHOLE' } THEN 'COVERED' WHEN EXISTS { MATCH ()-[c:COVERS]->(n4) WHERE true } THEN 'PARTLY_COVERED' WHEN EXISTS { MATCH ()-[c:COVERS]->(n4) WHERE c.validFrom > $p1 AND coalesce(c.evidenceDate > $p1, true) } THEN 'UNKNOWN' ELSE 'GAP' END, head(COLLECT { UNWIND [n4] AS n5 WITH n5 WHERE n5 IS NOT NULL RETURN [n5.name] }), COLLECT { MATCH ()-[i8:COVERS]->(n4) WHERE true RETURN [i8.rule, coalesce(i8.extent, 'WHOLE'), i8.share, head(COLLECT { UNWIND [startNode(i8)] AS n10 WITH n10 WHERE n10 IS NOT NULL RETURN [n10.name] }), COLLECT { UNWIND coalesce(COLLECT { MATCH (n4)<-[o:MEMBER_OF]-(m)<-[c:COVERS]-(w:Entity) WHERE w.id = startNode(i8).id AND c.key = i8.key AND true AND true RETURN m }, []) AS n13 WITH n13 WHERE n13 IS NOT NULL RETURN [n13.code] ORDER BY n13.id }, i8.validFrom] ORDER BY i8.rule, startNode(i8).id, i8.key }] AS o16
}
RETURN [graph.sequence, graph.since, graph.until,
  o16] AS row
