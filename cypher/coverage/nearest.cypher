// asks: the nearest knowledge services to ask, by distance in a straight line, with why each is worth asking. Distance
//   is from where a practice or trust is, and for others from the middle of their practices: the address of a network
//   is an administrative one, and serves only where none of its practices has a location. A service is where its host
//   is. Past services are left out. One that had an agreement with a body that a body of the subject followed, or with
//   a former commissioning group for an area in which the subject lies, is among them however far it is: that agreement
//   can be asked about.
// takes: subject: STRING, asOf: DATE, first: INTEGER
// gives: service: STRING, distanceKilometres: FLOAT, basis: STRING, why: LIST<STRING>
// after: finding/where
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
        WHERE lies.validFrom <= $asOf AND coalesce($asOf < lies.validTo, true)]->(body:Entity)
    RETURN body
    UNION
    MATCH (subject)-[lies:NETWORK_IN|NETWORK_IN_ENDED|NETWORK_IN_PLANNED
        |COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE lies.validFrom <= $asOf AND coalesce($asOf < lies.validTo, true)]->(:Entity)
      -[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]->(body:Entity)
    RETURN body
    UNION
    MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
        WHERE member.validFrom <= $asOf AND coalesce($asOf < member.validTo, true)]-(:Entity)
      -[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]->(body:Entity)
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
WHERE service.validFrom <= $asOf AND coalesce($asOf < service.validTo, true)
WITH subject, practices, bodies, agreed, service, point.distance(here, service.location) / 1000 AS kilometres
WHERE kilometres IS NOT NULL
WITH subject, practices, bodies, agreed, service, kilometres ORDER BY kilometres, service.id
WITH subject, practices, bodies, agreed, collect({service: service, kilometres: kilometres}) AS ranked
WITH subject, practices, bodies, agreed, [one IN ranked WHERE one.service IN agreed]
  + [one IN ranked WHERE NOT one.service IN agreed] AS chosen, [one IN ranked[..$first] | one.service] AS near
UNWIND chosen[..$first] AS one
WITH subject, practices, bodies, agreed, near, one.service AS service, one.kilometres AS kilometres
CALL (service) {
  OPTIONAL MATCH (service)-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED
      WHERE hosted.validFrom <= $asOf AND coalesce($asOf < hosted.validTo, true)]->(host:Entity)
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
        WHERE belongs.validFrom <= $asOf AND coalesce($asOf < belongs.validTo, true)]->(board:Entity)
      WHERE board IN bodies
    }) THEN ['SHARED_SYSTEM'] ELSE [] END
  + CASE WHEN service IN agreed THEN ['PREDECESSOR_AGREEMENT'] ELSE [] END AS why
