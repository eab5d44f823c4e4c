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
// The commissioning groups that these followed, each as the one successor: `PASSED`.
CALL (subject, places) {
  UNWIND [one IN places WHERE one.reading = 'MEANT'] AS one
  WITH subject, one, one.place AS heir
  MATCH way = (heir:SubICBLocation|SubICBLocationEnded
    |ClinicalCommissioningGroup|ClinicalCommissioningGroupEnded|ClinicalCommissioningGroupPlanned)
    <-[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]-(:Entity)
  WHERE all(step IN steps WHERE step.validFrom <= $asOf)
    AND all(former IN nodes(way)[1..] WHERE split(former.id, ':')[0] = 'ClinicalCommissioningGroup'
      AND former.validTo <= $asOf
      AND size([(former)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->(next) | next]) = 1)
  WITH subject, one, heir, nodes(way)[-1] AS former
  RETURN collect({
    place: former, reading: 'PASSED', between: CASE WHEN heir = subject THEN [] ELSE [heir.id] END + one.between
  }) AS passed
}
WITH subject, groups, years, places + passed AS places
RETURN subject, groups, years, places
