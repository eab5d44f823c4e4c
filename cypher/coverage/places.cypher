// asks: in which areas one subject lies on a day, for what services say of areas: which groups of staff it employs,
//   and for each area whether a statement about it is meant for the subject. What the explanations of several rules
//   begin with.
// takes: subject: STRING, asOf: DATE
// gives: subject: NODE, groups: LIST<STRING>, years: INTEGER, places: LIST<MAP>
MATCH (subject:Entity {id: $subject})
CALL () {
  // here: coverage/years
}
WITH subject, years, {
    GPPractice: ['gp_practices', 'pcn_staff'], PrimaryCareNetwork: ['gp_practices', 'pcn_staff'],
    NHSTrust: ['own_staff', 'other_trust', 'community_trust', 'mental_health_trust', 'ambulance'],
    IntegratedCareBoard: ['icb_staff'], SubICBLocation: ['icb_staff'], LocalAuthority: ['public_health', 'social_care']
  }[split(subject.id, ':')[0]] AS groups
// The areas in which it lies on the day; `reading` tells whether a statement about such an area is meant for it.
CALL (subject) {
  CALL (subject) {
    CALL (subject) {
      MATCH (subject:GPPractice|GPPracticeEnded|GPPracticePlanned)
      RETURN subject AS practice
      UNION ALL
      MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
      WHERE member.validFrom <= $asOf AND coalesce($asOf < member.validTo, true)]-(practice:Entity)
      // As in derive/placed_members.
      WHERE EXISTS { (practice)-[:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->() }
        OR EXISTS { (practice)-[listed:LISTED_IN|LISTED_IN_ENDED|LISTED_IN_PLANNED
          WHERE listed.validFrom <= $asOf AND coalesce($asOf < listed.validTo, true)]->() }
      RETURN practice
    }
    CALL (practice) {
      MATCH (practice)-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
      WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]->(near:Entity)
      OPTIONAL MATCH (near)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(far:Entity)
      RETURN near, far
      UNION ALL
      MATCH (practice)-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
      WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]->(near:Entity)
      OPTIONAL MATCH (near)-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
      WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]->(far:Entity)
      RETURN near, far
      UNION ALL
      MATCH (practice)-[commissioned:COMMISSIONED_BY_GROUP|COMMISSIONED_BY_GROUP_ENDED|COMMISSIONED_BY_GROUP_PLANNED
      WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]->(near:Entity)
      RETURN near, null AS far
    }
    UNWIND [[near, []], [far, [near.id]]] AS step
    WITH subject, practice, step[0] AS place, step[1] AS between
    WHERE place IS NOT NULL
    RETURN place, between + CASE WHEN practice = subject THEN [] ELSE [practice.id] END AS between, 'MEANT' AS reading
    UNION ALL
    MATCH (subject:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned)
      -[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
      WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]->(district:Entity)
    OPTIONAL MATCH (district)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(county:Entity)
    UNWIND [one IN [district, county] WHERE one IS NOT NULL] AS place
    RETURN place, [] AS between, 'ADDRESS' AS reading
    UNION ALL
    WITH subject
    WHERE split(subject.id, ':')[0] IN ['NHSTrust', 'IntegratedCareBoard', 'SubICBLocation', 'LocalAuthority']
    RETURN subject AS place, [] AS between,
      CASE WHEN subject.isUpperTier = false THEN 'LOWER_TIER' ELSE 'MEANT' END AS reading
    UNION ALL
    MATCH (subject:NHSTrust|NHSTrustEnded|NHSTrustPlanned)-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
      WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]->(district:Entity)
    OPTIONAL MATCH (district)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(county:Entity)
    UNWIND [one IN [district, county] WHERE one IS NOT NULL] AS place
    RETURN place, [] AS between, 'NOT_NAMED' AS reading
    UNION ALL
    MATCH (subject)-[belongs:TRUST_IN|TRUST_IN_ENDED|TRUST_IN_PLANNED
      WHERE belongs.validFrom <= $asOf AND coalesce($asOf < belongs.validTo, true)]->(place:Entity)
    RETURN place, [] AS between, 'NOT_NAMED' AS reading
    UNION ALL
    MATCH (subject)<-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
      WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]-(place:Entity)
    RETURN place, [] AS between, 'MEANT' AS reading
    UNION ALL
    MATCH (subject)<-[lies:AUTHORITY_IN|AUTHORITY_IN_ENDED|AUTHORITY_IN_PLANNED
      WHERE lies.validFrom <= $asOf AND coalesce($asOf < lies.validTo, true)]-(district:Entity)
    OPTIONAL MATCH (district)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(county:Entity)
    UNWIND [[district, []], [county, [district.id]]] AS step
    WITH step[0] AS place, step[1] AS between
    WHERE place IS NOT NULL
    RETURN place, between, 'MEANT' AS reading
    UNION ALL
    // The councils in whose areas at least half of its practices lie.
    MATCH (subject:SubICBLocation|SubICBLocationEnded|SubICBLocationPlanned)
      <-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
      WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]-(practice:Entity)
    WITH subject, collect(practice) AS practices
    UNWIND practices AS practice
    MATCH (practice)-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
      WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]->(district:Entity)
    OPTIONAL MATCH (district)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(county:Entity)
    UNWIND [one IN [district, county] WHERE one IS NOT NULL] AS place
    WITH place, size(practices) AS total, count(DISTINCT practice) AS inside
    WHERE inside * 2 >= total
    RETURN place, [] AS between, 'NOT_THE_LOCATION' AS reading
    UNION ALL
    MATCH (subject)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
      WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]->(place:Entity)
    RETURN place, [] AS between, 'LOWER_TIER' AS reading
  }
  UNWIND CASE WHEN between = [] THEN [null] ELSE between END AS step
  WITH place, reading, step ORDER BY step STARTS WITH 'GPPractice:', step
  WITH place, reading, collect(DISTINCT step) AS between ORDER BY place.name, place.id
  RETURN collect({place: place, reading: reading, between: between}) AS places
}
// What these followed, a commissioning group, a location or a board in which a location was to the board's end:
// `PASSED`; `meant` is how a statement about it is read, `heirs` are the names of those among whom it was divided.
CALL (subject, places) {
  CALL (subject, places) {
    UNWIND [one IN places WHERE one.reading = 'MEANT'] AS one
    WITH subject, one, one.place AS heir
    MATCH way = (heir:SubICBLocation|SubICBLocationEnded|SubICBLocationPlanned
      |ClinicalCommissioningGroup|ClinicalCommissioningGroupEnded|ClinicalCommissioningGroupPlanned)
      <-[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*0..6]-(first:Entity)
    WHERE all(step IN steps WHERE step.validFrom <= $asOf)
      AND all(former IN nodes(way)[1..] WHERE former.validTo <= $asOf
        AND split(former.id, ':')[0] IN ['ClinicalCommissioningGroup', 'SubICBLocation'])
    WITH subject, one, heir, first, size(steps) AS length, [former IN nodes(way)[1..]
      WHERE size([(former)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->(next) | next]) > 1][0] AS divided
    // What was divided is a matter of those practices alone that were its own.
    WHERE divided IS NULL OR NOT split(subject.id, ':')[0] IN ['GPPractice', 'PrimaryCareNetwork'] OR EXISTS {
      (subject)<-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED*0..1]-(:Entity)
        -[:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
          |COMMISSIONED_BY_GROUP|COMMISSIONED_BY_GROUP_ENDED|COMMISSIONED_BY_GROUP_PLANNED]->(divided)
    }
    CALL (heir, first, length) {
      WITH first, length
      WHERE length > 0
      RETURN first AS place, null AS board
      UNION ALL
      MATCH (first)-[was:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]->(place:Entity)
      WHERE was.validTo = place.validTo AND place.validTo <= $asOf
      MATCH (heir)-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]->(board:Entity)
      WHERE EXISTS {
        MATCH (place)-[follows:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]->(board)
        WHERE all(step IN follows WHERE step.validFrom <= $asOf)
      }
      RETURN place, board
    }
    RETURN place, CASE WHEN divided IS NULL THEN 'MEANT' ELSE 'DIVIDED' END AS meant,
      [step IN [board, heir] WHERE step IS NOT NULL AND step <> subject | step.id] + one.between AS between,
      COLLECT {
        MATCH (divided)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->(next:Entity)
        RETURN next.name ORDER BY next.name
      } AS heirs
    UNION ALL
    UNWIND [one IN places WHERE one.reading = 'NOT_NAMED' AND one.place.id STARTS WITH 'IntegratedCareBoard:'] AS one
    WITH subject, one.place AS board
    MATCH (subject)-[was:TRUST_IN|TRUST_IN_ENDED|TRUST_IN_PLANNED]->(place:Entity)
    WHERE was.validTo = place.validTo AND place.validTo <= $asOf AND EXISTS {
      MATCH (place)-[follows:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]->(board)
      WHERE all(step IN follows WHERE step.validFrom <= $asOf)
    }
    RETURN place, 'NOT_NAMED' AS meant, [board.id] AS between, [] AS heirs
  }
  WITH place, meant, heirs, collect(between) AS ways
  RETURN collect({
    place: place, reading: 'PASSED', meant: meant, heirs: heirs,
    between: reduce(all = [], way IN ways | all + [step IN way WHERE NOT step IN all])
  }) AS passed
}
WITH subject, groups, years, places + passed AS places
RETURN subject, groups, years, places
