// $p1 = "2026-11-24"
// $p2 = "QWO"
// $p3 = null
// $p4 = null
// $p21 = 3
// $p8Limit = 2
MATCH (graph:Graph)
CALL () {
  CALL () { CALL () { WITH 1 AS one WHERE $p2 IS NULL AND coalesce($p4, 'PrimaryCareNetwork') = 'PrimaryCareNetwork' MATCH (n:PrimaryCareNetwork) WHERE true RETURN n UNION WITH 1 AS one WHERE coalesce($p4, 'PrimaryCareNetwork') = 'PrimaryCareNetwork' CALL () { UNWIND ['NHSRegion', 'IntegratedCareSystem', 'IntegratedCareBoard', 'SubICBLocation', 'Place', 'LocalAuthority', 'PrimaryCareNetwork', 'Neighbourhood'] AS concept MATCH (w:Entity {id: concept + ':' + $p2}) RETURN w UNION MATCH (:Identifier {id: 'ONS:' + $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(w:Entity) RETURN w } CALL (w) { WITH w WHERE w.id STARTS WITH 'SubICBLocation:' MATCH (w)<-[step0:NETWORK_IN]-(n) WHERE true RETURN n UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareBoard:' MATCH (w)<-[step0:SUB_ICB_OF]-()<-[step1:NETWORK_IN]-(n) WHERE true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareSystem:' MATCH (w)<-[step0:BOARD_OF]-()<-[step1:SUB_ICB_OF]-()<-[step2:NETWORK_IN]-(n) WHERE true AND true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'NHSRegion:' MATCH (w)<-[step0:IN_REGION]-()<-[step1:SUB_ICB_OF]-()<-[step2:NETWORK_IN]-(n) WHERE true AND true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'Place:' MATCH (w)<-[step0:NEIGHBOURHOOD_IN]-()-[step1:NEIGHBOURHOOD_OF]->(n) WHERE true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:LOCATED_IN]-()-[step1:MEMBER_OF]->(n) WHERE true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:WITHIN]-()<-[step1:LOCATED_IN]-()-[step2:MEMBER_OF]->(n) WHERE true AND true AND true RETURN n } WITH DISTINCT n RETURN n UNION WITH 1 AS one WHERE $p2 IS NULL AND coalesce($p4, 'PrimaryCareNetwork') = 'GPPractice' MATCH (n:GPPractice) WHERE true RETURN n UNION WITH 1 AS one WHERE coalesce($p4, 'PrimaryCareNetwork') = 'GPPractice' CALL () { UNWIND ['NHSRegion', 'IntegratedCareSystem', 'IntegratedCareBoard', 'SubICBLocation', 'Place', 'LocalAuthority', 'PrimaryCareNetwork', 'Neighbourhood'] AS concept MATCH (w:Entity {id: concept + ':' + $p2}) RETURN w UNION MATCH (:Identifier {id: 'ONS:' + $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(w:Entity) RETURN w } CALL (w) { WITH w WHERE w.id STARTS WITH 'PrimaryCareNetwork:' MATCH (w)<-[step0:MEMBER_OF]-(n) WHERE true RETURN n UNION WITH w WHERE w.id STARTS WITH 'SubICBLocation:' MATCH (w)<-[step0:COMMISSIONED_BY]-(n) WHERE true RETURN n UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareBoard:' MATCH (w)<-[step0:SUB_ICB_OF]-()<-[step1:COMMISSIONED_BY]-(n) WHERE true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'IntegratedCareSystem:' MATCH (w)<-[step0:BOARD_OF]-()<-[step1:SUB_ICB_OF]-()<-[step2:COMMISSIONED_BY]-(n) WHERE true AND true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'NHSRegion:' MATCH (w)<-[step0:IN_REGION]-()<-[step1:SUB_ICB_OF]-()<-[step2:COMMISSIONED_BY]-(n) WHERE true AND true AND true RETURN n UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:LOCATED_IN]-(n) WHERE true RETURN n UNION WITH w WHERE w.id STARTS WITH 'LocalAuthority:' MATCH (w)<-[step0:WITHIN]-()<-[step1:LOCATED_IN]-(n) WHERE true AND true RETURN n } WITH DISTINCT n RETURN n } WITH n, n.registeredPatients AS patients WITH n, patients, right('00000000' + toString(99999999 - coalesce(patients, 0)), 8) + ' ' + n.id AS key ORDER BY key RETURN collect({entity: n, patients: patients, key: key}) AS found } WITH {found: found, kind: coalesce($p4, 'PrimaryCareNetwork')} AS n5
  CALL () { CALL () { UNWIND ['NHSRegion', 'IntegratedCareSystem', 'IntegratedCareBoard', 'SubICBLocation', 'Place', 'LocalAuthority', 'PrimaryCareNetwork', 'Neighbourhood'] AS concept MATCH (w:Entity {id: concept + ':' + $p2}) RETURN w UNION MATCH (:Identifier {id: 'ONS:' + $p2})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(w:Entity) RETURN w } WITH w ORDER BY w.validFrom <= $p1 AND coalesce($p1 < w.validTo, true) DESC, w.validFrom DESC, w.id RETURN collect(w)[0] AS held } WITH n5 {.*, within: held} AS n5
  CALL (n5) { UNWIND n5.found AS one WITH one.entity AS n, one.patients AS patients WITH n, patients, CASE WHEN EXISTS { (n)<-[:COVERS]-() } AND EXISTS { MATCH ()-[c:COVERS]->(n) WHERE true AND ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) AND coalesce(c.extent, 'WHOLE') = 'WHOLE' } THEN 'COVERED' WHEN EXISTS { (n)<-[:COVERS]-() } AND EXISTS { MATCH ()-[c:COVERS]->(n) WHERE true AND ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) } THEN 'PARTLY_COVERED' WHEN $p3 IS NOT NULL AND NOT $p3 IN {GPPractice: ['gp_practices', 'pcn_staff'], PrimaryCareNetwork: ['gp_practices', 'pcn_staff'], NHSTrust: ['own_staff', 'other_trust', 'community_trust', 'mental_health_trust', 'ambulance'], IntegratedCareBoard: ['icb_staff'], SubICBLocation: ['icb_staff'], LocalAuthority: ['public_health', 'social_care']}[split(n.id, ':')[0]] THEN 'NOT_APPLICABLE' WHEN EXISTS { (n)<-[:COVERS_PLANNED]-() } AND EXISTS { MATCH ()-[c:COVERS_PLANNED]->(n) WHERE ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) AND c.rule <> 'TRAINING_HUB' AND c.validFrom > $p1 AND coalesce(c.evidenceDate > $p1, true) } THEN 'UNKNOWN' WHEN EXISTS { (n)-[:LOCATED_IN_PLANNED]->() } AND EXISTS { MATCH (n)-[l:LOCATED_IN_PLANNED]->() WHERE l.validFrom > $p1 } THEN 'UNKNOWN' WHEN EXISTS { ()-[:LOCATED_IN_PLANNED]->() } AND EXISTS { MATCH (n)<-[o:MEMBER_OF]-()-[l:LOCATED_IN_PLANNED]->() WHERE true AND l.validFrom > $p1 } THEN 'UNKNOWN' WHEN NOT EXISTS { (n)<-[o:MEMBER_OF]-() } AND split(n.id, ':')[0] = 'PrimaryCareNetwork' THEN CASE WHEN EXISTS { MATCH (n)<-[o:MEMBER_OF_PLANNED]-() WHERE o.validFrom > $p1 } THEN 'UNKNOWN' ELSE 'NOT_APPLICABLE' END ELSE 'GAP' END AS outcome WHERE outcome <> 'NOT_APPLICABLE' RETURN collect(CASE outcome WHEN 'PARTLY_COVERED' THEN n END) AS partly, {inAll: sum(CASE WHEN true THEN 1 ELSE 0 END), covered: sum(CASE WHEN true AND outcome = 'COVERED' THEN 1 ELSE 0 END), partlyCovered: sum(CASE WHEN true AND outcome = 'PARTLY_COVERED' THEN 1 ELSE 0 END), gaps: sum(CASE WHEN true AND outcome = 'GAP' THEN 1 ELSE 0 END), unknown: sum(CASE WHEN true AND outcome = 'UNKNOWN' THEN 1 ELSE 0 END)} AS counts, {inAll: sum(CASE WHEN true THEN coalesce(patients, 0) ELSE 0 END), covered: sum(CASE WHEN true AND outcome = 'COVERED' THEN coalesce(patients, 0) ELSE 0 END), partlyCovered: sum(CASE WHEN true AND outcome = 'PARTLY_COVERED' THEN coalesce(patients, 0) ELSE 0 END), gaps: sum(CASE WHEN true AND outcome = 'GAP' THEN coalesce(patients, 0) ELSE 0 END), unknown: sum(CASE WHEN true AND outcome = 'UNKNOWN' THEN coalesce(patients, 0) ELSE 0 END)} AS people } WITH n5 {.*, told: {partly: partly, counts: counts, people: people}} AS n5
  RETURN n5
}
CALL (n5) { UNWIND n5.found AS n6 WITH *, n6.entity AS gn6 WITH *, CASE WHEN EXISTS { (gn6)<-[:COVERS]-() } AND EXISTS { MATCH ()-[c:COVERS]->(gn6) WHERE true AND ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) AND coalesce(c.extent, 'WHOLE') = 'WHOLE' } THEN 'COVERED' WHEN EXISTS { (gn6)<-[:COVERS]-() } AND EXISTS { MATCH ()-[c:COVERS]->(gn6) WHERE true AND ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) } THEN 'PARTLY_COVERED' WHEN $p3 IS NOT NULL AND NOT $p3 IN {GPPractice: ['gp_practices', 'pcn_staff'], PrimaryCareNetwork: ['gp_practices', 'pcn_staff'], NHSTrust: ['own_staff', 'other_trust', 'community_trust', 'mental_health_trust', 'ambulance'], IntegratedCareBoard: ['icb_staff'], SubICBLocation: ['icb_staff'], LocalAuthority: ['public_health', 'social_care']}[split(gn6.id, ':')[0]] THEN 'NOT_APPLICABLE' WHEN EXISTS { (gn6)<-[:COVERS_PLANNED]-() } AND EXISTS { MATCH ()-[c:COVERS_PLANNED]->(gn6) WHERE ($p3 IS NULL OR c.group = $p3 OR $p3 = 'pcn_staff' AND c.group = 'gp_practices' AND c.rule IN ['TRAINING_HUB', 'NATIONAL_CORE']) AND c.rule <> 'TRAINING_HUB' AND c.validFrom > $p1 AND coalesce(c.evidenceDate > $p1, true) } THEN 'UNKNOWN' WHEN EXISTS { (gn6)-[:LOCATED_IN_PLANNED]->() } AND EXISTS { MATCH (gn6)-[l:LOCATED_IN_PLANNED]->() WHERE l.validFrom > $p1 } THEN 'UNKNOWN' WHEN EXISTS { ()-[:LOCATED_IN_PLANNED]->() } AND EXISTS { MATCH (gn6)<-[o:MEMBER_OF]-()-[l:LOCATED_IN_PLANNED]->() WHERE true AND l.validFrom > $p1 } THEN 'UNKNOWN' WHEN NOT EXISTS { (gn6)<-[o:MEMBER_OF]-() } AND split(gn6.id, ':')[0] = 'PrimaryCareNetwork' THEN CASE WHEN EXISTS { MATCH (gn6)<-[o:MEMBER_OF_PLANNED]-() WHERE o.validFrom > $p1 } THEN 'UNKNOWN' ELSE 'NOT_APPLICABLE' END ELSE 'GAP' END AS on6 WHERE on6 = 'GAP' WITH * LIMIT $p8Limit
    CALL (n5, n6) { WITH n6.entity AS gi19 CALL (gi19) { MATCH (subject:Entity {id: gi19.id})
CALL (subject) {
  CALL (subject) {
    MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
        WHERE member.validFrom <= $p1 AND coalesce($p1 < member.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $p1 AND coalesce($p1 < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $p1 AND coalesce($p1 < part.validTo, true)]-(:Entity)
      <-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $p1 AND coalesce($p1 < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $p1 AND coalesce($p1 < located.validTo, true)]-
      (practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
    RETURN practice
    UNION
    MATCH (subject)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
        WHERE within.validFrom <= $p1 AND coalesce($p1 < within.validTo, true)]-(:Entity)
      <-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $p1 AND coalesce($p1 < located.validTo, true)]-
      (practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
    RETURN practice
  }
  WITH practice.location AS location
  WHERE location IS NOT NULL
  RETURN count(*) AS practices, avg(location.latitude) AS latitude, avg(location.longitude) AS longitude
}
WITH subject, practices, CASE
    WHEN practices > 0 THEN point({latitude: latitude, longitude: longitude})
    ELSE subject.location
  END AS here
CALL (subject) {
  CALL (subject) {
    RETURN subject AS body
    UNION
    MATCH (subject)-[lies:NETWORK_IN|NETWORK_IN_ENDED|NETWORK_IN_PLANNED
        |COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        |SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        |TRUST_IN|TRUST_IN_ENDED|TRUST_IN_PLANNED
        |AUTHORITY_IN|AUTHORITY_IN_ENDED|AUTHORITY_IN_PLANNED
        |LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE lies.validFrom <= $p1 AND coalesce($p1 < lies.validTo, true)]->(body:Entity)
    RETURN body
    UNION
    MATCH (subject)-[lies:NETWORK_IN|NETWORK_IN_ENDED|NETWORK_IN_PLANNED
        |COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE lies.validFrom <= $p1 AND coalesce($p1 < lies.validTo, true)]->(:Entity)
      -[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $p1 AND coalesce($p1 < part.validTo, true)]->(body:Entity)
    RETURN body
    UNION
    MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
        WHERE member.validFrom <= $p1 AND coalesce($p1 < member.validTo, true)]-(:Entity)
      -[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $p1 AND coalesce($p1 < located.validTo, true)]->(body:Entity)
    RETURN body
  }
  WITH subject, body
  // The administrative address of a network says nothing of where it works.
  WHERE NOT (split(subject.id, ':')[0] = 'PrimaryCareNetwork' AND split(body.id, ':')[0] = 'LocalAuthority'
    AND NOT EXISTS { (subject)<-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(:Entity)
      -[:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->(body) })
  RETURN collect(body) AS bodies
}
CALL (bodies) {
  CALL (bodies) {
    UNWIND bodies AS body
    MATCH (body)<-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]-{1,4}(:Entity)
      <-[:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]-(:Entity)
      <-[:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(asked:Entity)
    RETURN asked
    UNION
    UNWIND bodies AS body
    MATCH (body)<-[:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]-(agreement:Entity)
      <-[:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(asked:Entity)
    WHERE agreement.kind = 'PRIOR_CCG'
    RETURN asked
  }
  RETURN collect(asked) AS agreed
}
MATCH (service:KnowledgeService|KnowledgeServiceEnded|KnowledgeServicePlanned)
WHERE service.validFrom <= $p1 AND coalesce($p1 < service.validTo, true)
WITH subject, practices, bodies, agreed, service, point.distance(here, service.location) / 1000 AS kilometres
WHERE kilometres IS NOT NULL
WITH subject, practices, bodies, agreed, service, kilometres ORDER BY kilometres, service.id
WITH subject, practices, bodies, agreed, collect({service: service, kilometres: kilometres}) AS ranked
WITH subject, practices, bodies, agreed, [one IN ranked WHERE one.service IN agreed]
  + [one IN ranked WHERE NOT one.service IN agreed] AS chosen, [one IN ranked[..$p21] | one.service] AS near
UNWIND chosen[..$p21] AS one
WITH subject, practices, bodies, agreed, near, one.service AS service, one.kilometres AS kilometres
CALL (service) {
  OPTIONAL MATCH (service)-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED
      WHERE hosted.validFrom <= $p1 AND coalesce($p1 < hosted.validTo, true)]->(host:Entity)
  WITH host ORDER BY host.id
  RETURN collect(host) AS hosts, collect(host.name) AS names
}
RETURN service.id AS service, round(kilometres, 1) AS distanceKilometres,
  'Distance from ' + CASE
    WHEN practices = 1 THEN 'its one practice with a known location'
    WHEN practices > 0 THEN 'the middle of its ' + toString(practices) + ' practices with a known location'
    WHEN split(subject.id, ':')[0] = 'PrimaryCareNetwork'
      THEN 'its administrative address, as no practice of it has a known location'
    ELSE 'where it is'
  END + '; the service is placed where its host is' + CASE names
    WHEN [] THEN ''
    ELSE ': ' + reduce(text = '', one IN names | text + CASE text WHEN '' THEN '' ELSE ' and ' END + one)
      + ', whose own staff it covers'
  END + '.' AS basis,
  CASE WHEN service IN near THEN ['DISTANCE'] ELSE [] END
  + CASE WHEN any(host IN hosts WHERE EXISTS {
      MATCH (host)-[belongs:TRUST_IN|TRUST_IN_ENDED|TRUST_IN_PLANNED
        WHERE belongs.validFrom <= $p1 AND coalesce($p1 < belongs.validTo, true)]->(board:Entity)
      WHERE board IN bodies
    }) THEN ['SHARED_SYSTEM'] ELSE [] END
  + CASE WHEN service IN agreed THEN ['PREDECESSOR_AGREEMENT'] ELSE [] END AS why } WITH {service: service, distanceKilometres: distanceKilometres, basis: basis, why: why} AS i19 WITH * ORDER BY i19.distanceKilometres, i19.service LIMIT $p21 RETURN collect(i19) AS l20 } RETURN collect([n6.key, COLLECT { UNWIND [n6.entity] AS n14 WITH n14 WHERE n14 IS NOT NULL RETURN [n14.code, n14.name] }, n6.patients, COLLECT { UNWIND l20 AS i17 RETURN [COLLECT { UNWIND [head(COLLECT { MATCH (m:Entity {id: i17.service}) RETURN m })] AS n22 WITH n22 WHERE n22 IS NOT NULL RETURN [n22.code] }, i17.why] }]) AS l25 }
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  [l25, n5.told.counts.gaps, n5.told.counts.inAll, n5.told.counts.covered, n5.told.counts.partlyCovered, n5.told.counts.unknown, CASE WHEN $p2 IS NOT NULL AND n5.within IS NULL THEN [['nodes', 'NONE_EXISTS', null, $p2 + ' is the code of no region, system, board, sub-ICB location, place, authority or network that' + ' is held at any date. Check the code.']] WHEN n5.within.validFrom > $p1 THEN [['nodes', CASE n5.within.validFromPrecision WHEN 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END, n5.within.validFrom, n5.within.name + ' begins on the date named in since: ask for that or later.']] WHEN n5.within.validTo <= $p1 THEN [['nodes', 'NONE_EXISTS', n5.within.validFrom, n5.within.name + ' ended: its last day was ' + toString(n5.within.validTo - duration('P1D')) + '. Ask for its successors.']] WHEN NOT $p3 IN ['gp_practices', 'pcn_staff'] THEN [['nodes', 'NOT_APPLICABLE', null, 'Networks and practices have no staff of this group: ask for gp_practices or pcn_staff.']] WHEN n5.told.counts.inAll = 0 AND n5.within IS NOT NULL THEN [['nodes', 'NOT_PUBLISHED', null, 'No source says which networks or practices lie in ' + n5.within.name + ' on this date. Ask for the' + ' system or authority that it is in.']] ELSE [] END + CASE WHEN n5.told.counts.unknown > 0 THEN [['nodes', 'BEFORE_SOURCES', head(COLLECT { MATCH (s:Scope) WHERE s.about IN ['LOCATED_IN', 'COVERS', n5.kind] RETURN s.since ORDER BY s.since DESC LIMIT 1 }), 'Of ' + toString(n5.told.counts.unknown) + ' of ' + toString(n5.told.counts.inAll) + ' sources speak only from a later date on: they are not' + ' listed. An older source would settle it.']] WHEN n5.told.counts.inAll = 0 AND $p3 IS NULL AND $p2 IS NULL THEN [['nodes', 'BEFORE_SOURCES', head(COLLECT { MATCH (s:Scope) WHERE s.about IN ['LOCATED_IN', 'COVERS', n5.kind] RETURN s.since ORDER BY s.since DESC LIMIT 1 }), 'Sources name none on this date.']] ELSE [] END]] AS row
