// $p1 = "2026-03-31"
// $p20Limit = 100
// $p42Limit = 100
// $p35Limit = 100
// $p28Limit = 100
// $p13Limit = 100
// $p62Limit = 100
// $p53Limit = 100
// $p72Limit = 100
// $p4Limit = 50
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  COLLECT { MATCH (n2:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n2.validFrom <= $p1 AND (n2.validTo IS NULL OR n2.validTo > $p1)
    OPTIONAL MATCH (n2)-[:HAS_STATE]->(s9:State) WHERE s9.validFrom <= $p1 AND (s9.validTo IS NULL OR s9.validTo > $p1)
    WITH *, coalesce(s9, n2) AS v10
    WITH *, n2.code AS o81 ORDER BY o81 LIMIT $p4Limit RETURN [o81, v10.name, COLLECT { MATCH (n2)<-[r12:BOARD_OF|BOARD_OF_ENDED|BOARD_OF_PLANNED]-(n11) WHERE r12.validFrom <= $p1 AND (r12.validTo IS NULL OR r12.validTo > $p1)
    WITH *, n11.code AS o50 ORDER BY o50 LIMIT $p13Limit RETURN [o50, COLLECT { MATCH (n11)<-[r19:WELLBEING_BOARD_IN|WELLBEING_BOARD_IN_ENDED|WELLBEING_BOARD_IN_PLANNED]-(n18) WHERE r19.validFrom <= $p1 AND (r19.validTo IS NULL OR r19.validTo > $p1)
    WITH *, n18.code AS o25 ORDER BY o25 LIMIT $p20Limit RETURN [o25] }, COLLECT { MATCH (n11)<-[r27:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]-(n26) WHERE r27.validFrom <= $p1 AND (r27.validTo IS NULL OR r27.validTo > $p1)
    WITH *, n26.code AS o49 ORDER BY o49 LIMIT $p28Limit RETURN [o49, COLLECT { MATCH (n26)<-[r34:NETWORK_IN|NETWORK_IN_ENDED|NETWORK_IN_PLANNED]-(n33) WHERE r34.validFrom <= $p1 AND (r34.validTo IS NULL OR r34.validTo > $p1)
    WITH *, n33.code AS o48 ORDER BY o48 LIMIT $p35Limit RETURN [o48, COLLECT { MATCH (n33)<-[r41:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]-(n40) WHERE r41.validFrom <= $p1 AND (r41.validTo IS NULL OR r41.validTo > $p1)
    WITH *, n40.code AS o47 ORDER BY o47 LIMIT $p42Limit RETURN [o47] }] }] }] }, COLLECT { MATCH (n2)<-[r52:PARTNERSHIP_OF|PARTNERSHIP_OF_ENDED|PARTNERSHIP_OF_PLANNED]-(n51) WHERE r52.validFrom <= $p1 AND (r52.validTo IS NULL OR r52.validTo > $p1)
    OPTIONAL MATCH (n51)-[:HAS_STATE]->(s58:State) WHERE s58.validFrom <= $p1 AND (s58.validTo IS NULL OR s58.validTo > $p1)
    WITH *, coalesce(s58, n51) AS v59
    WITH *, n51.code AS o69 ORDER BY o69 LIMIT $p53Limit RETURN [o69, v59.name, COLLECT { MATCH (n51)<-[r61:PARTNERSHIP_MEMBER|PARTNERSHIP_MEMBER_ENDED|PARTNERSHIP_MEMBER_PLANNED]-(n60) WHERE r61.validFrom <= $p1 AND (r61.validTo IS NULL OR r61.validTo > $p1)
    WITH *, n60.code AS o68 ORDER BY o68 LIMIT $p62Limit RETURN [r61.basis, [n60.code]] }] }, [COLLECT { MATCH (n2)<-[r71:PLACE_IN|PLACE_IN_ENDED|PLACE_IN_PLANNED]-(n70) WHERE r71.validFrom <= $p1 AND (r71.validTo IS NULL OR r71.validTo > $p1)
    WITH *, n70.code AS o80 ORDER BY o80 LIMIT $p72Limit RETURN [o80] }, [a IN coalesce(v10.absences, []) WHERE coalesce($p1 < date(split(a, '|')[3]), true) AND split(a, '|')[0] = 'places' | [split(a, '|')[0], split(a, '|')[1], date(split(a, '|')[3]), split(a, '|')[2]]] + COLLECT { UNWIND [['PLACE_IN', 'places']] AS i77 MATCH (i78:Scope {about: i77[0]}) WHERE $p1 < i78.since AND NOT EXISTS { MATCH (n2)-[there:$any([i77[0] + '', i77[0] + '_ENDED', i77[0] + '_PLANNED'])]-() WHERE there.validFrom <= $p1 AND (there.validTo IS NULL OR there.validTo > $p1) } RETURN [i77[1], i78.reasonBefore, i78.since, i78.settles] }]] }] AS row
