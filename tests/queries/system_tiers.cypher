// $p1 = "2026-03-31"
// $p20Limit = 101
// $p20Key = ""
// $p41Limit = 101
// $p41Key = ""
// $p34Limit = 101
// $p34Key = ""
// $p27Limit = 101
// $p27Key = ""
// $p13Limit = 101
// $p13Key = ""
// $p57Limit = 101
// $p57Key = ""
// $p48Limit = 101
// $p48Key = ""
// $p64Limit = 101
// $p64Key = ""
// $p4Limit = 51
// $p4Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COLLECT { MATCH (n2:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n2.validFrom <= $p1 AND (n2.validTo IS NULL OR n2.validTo > $p1) AND n2.id > $p4Key
    OPTIONAL MATCH (n2)-[:HAS_STATE]->(s8:State) WHERE s8.validFrom <= $p1 AND (s8.validTo IS NULL OR s8.validTo > $p1)
    WITH *, coalesce(s8, n2) AS v9
    RETURN [n2.id, [n2.code, v9.name, [COLLECT { MATCH (n2)<-[r12:BOARD_OF|BOARD_OF_ENDED|BOARD_OF_PLANNED]-(n11) WHERE r12.validFrom <= $p1 AND (r12.validTo IS NULL OR r12.validTo > $p1) AND n11.id > $p13Key
    RETURN [n11.id, [n11.code, [COLLECT { MATCH (n11)<-[r19:WELLBEING_BOARD_IN|WELLBEING_BOARD_IN_ENDED|WELLBEING_BOARD_IN_PLANNED]-(n18) WHERE r19.validFrom <= $p1 AND (r19.validTo IS NULL OR r19.validTo > $p1) AND n18.id > $p20Key
    RETURN [n18.id, [n18.code]] ORDER BY n18.id LIMIT $p20Limit }], [COLLECT { MATCH (n11)<-[r26:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]-(n25) WHERE r26.validFrom <= $p1 AND (r26.validTo IS NULL OR r26.validTo > $p1) AND n25.id > $p27Key
    RETURN [n25.id, [n25.code, [COLLECT { MATCH (n25)<-[r33:NETWORK_IN|NETWORK_IN_ENDED|NETWORK_IN_PLANNED]-(n32) WHERE r33.validFrom <= $p1 AND (r33.validTo IS NULL OR r33.validTo > $p1) AND n32.id > $p34Key
    RETURN [n32.id, [n32.code, [COLLECT { MATCH (n32)<-[r40:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]-(n39) WHERE r40.validFrom <= $p1 AND (r40.validTo IS NULL OR r40.validTo > $p1) AND n39.id > $p41Key
    RETURN [n39.id, [n39.code]] ORDER BY n39.id LIMIT $p41Limit }]]] ORDER BY n32.id LIMIT $p34Limit }]]] ORDER BY n25.id LIMIT $p27Limit }]]] ORDER BY n11.id LIMIT $p13Limit }], [COLLECT { MATCH (n2)<-[r47:PARTNERSHIP_OF|PARTNERSHIP_OF_ENDED|PARTNERSHIP_OF_PLANNED]-(n46) WHERE r47.validFrom <= $p1 AND (r47.validTo IS NULL OR r47.validTo > $p1) AND n46.id > $p48Key
    OPTIONAL MATCH (n46)-[:HAS_STATE]->(s52:State) WHERE s52.validFrom <= $p1 AND (s52.validTo IS NULL OR s52.validTo > $p1)
    WITH *, coalesce(s52, n46) AS v53
    RETURN [n46.id, [n46.code, v53.name, [COLLECT { MATCH (n46)<-[r56:PARTNERSHIP_MEMBER|PARTNERSHIP_MEMBER_ENDED|PARTNERSHIP_MEMBER_PLANNED]-(n55) WHERE r56.validFrom <= $p1 AND (r56.validTo IS NULL OR r56.validTo > $p1) AND n55.id > $p57Key
    RETURN [n55.id, r56.basis, [n55.code]] ORDER BY n55.id LIMIT $p57Limit }]]] ORDER BY n46.id LIMIT $p48Limit }], [COLLECT { MATCH (n2)<-[r63:PLACE_IN|PLACE_IN_ENDED|PLACE_IN_PLANNED]-(n62) WHERE r63.validFrom <= $p1 AND (r63.validTo IS NULL OR r63.validTo > $p1) AND n62.id > $p64Key
    RETURN [n62.id, [n62.code]] ORDER BY n62.id LIMIT $p64Limit }, [a IN coalesce(v9.absences, []) WHERE coalesce($p1 < date(split(a, '|')[3]), true) AND split(a, '|')[0] = 'places' | [split(a, '|')[0], split(a, '|')[1], date(split(a, '|')[3]), split(a, '|')[2]]] + COLLECT { UNWIND [['PLACE_IN', 'places']] AS i69 MATCH (i70:Scope {about: i69[0]}) WHERE $p1 < i70.since AND NOT EXISTS { MATCH (n2)-[there:$any([i69[0] + '', i69[0] + '_ENDED', i69[0] + '_PLANNED'])]-() WHERE there.validFrom <= $p1 AND (there.validTo IS NULL OR there.validTo > $p1) } RETURN [i69[1], i70.reasonBefore, i70.since, i70.settles] }]]] ORDER BY n2.id LIMIT $p4Limit }]] AS row
