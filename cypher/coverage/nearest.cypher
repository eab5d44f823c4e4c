// asks: the nearest knowledge services to ask, by distance in a straight line. Distance is from where a practice or
//   trust is, and for others from the middle of their practices: the address of a network is an administrative one, and
//   serves only where none of its practices has a location. A service is where its host is. Past services are left out.
// takes: subject: STRING, asOf: DATE, first: INTEGER
// gives: service: STRING, distanceKilometres: FLOAT, basis: STRING
MATCH (subject:Entity {id: $subject})
CALL (subject) {
  CALL (subject) {
    MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
        WHERE member.validFrom <= $asOf AND coalesce($asOf < member.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]-(:Entity)
      <-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]-
      (practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
    RETURN practice
    UNION
    MATCH (subject)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
        WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]-(:Entity)
      <-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]-
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
MATCH (service:KnowledgeService|KnowledgeServiceEnded|KnowledgeServicePlanned)
WHERE service.validFrom <= $asOf AND coalesce($asOf < service.validTo, true)
WITH subject, practices, service, point.distance(here, service.location) / 1000 AS kilometres
WHERE kilometres IS NOT NULL
WITH subject, practices, service, kilometres
ORDER BY kilometres, service.id
LIMIT $first
CALL (service) {
  OPTIONAL MATCH (service)-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED
      WHERE hosted.validFrom <= $asOf AND coalesce($asOf < hosted.validTo, true)]->(host:Entity)
  WITH host ORDER BY host.id
  RETURN collect(host.name) AS hosts
}
RETURN service.id AS service, round(kilometres, 1) AS distanceKilometres,
  'Distance from ' + CASE
    WHEN practices = 1 THEN 'its one practice with a known location'
    WHEN practices > 0 THEN 'the middle of its ' + toString(practices) + ' practices with a known location'
    WHEN split(subject.id, ':')[0] = 'PrimaryCareNetwork'
      THEN 'its administrative address, as no practice of it has a known location'
    ELSE 'where it is'
  END + '; the service is placed where its host is' + CASE hosts
    WHEN [] THEN ''
    ELSE ': ' + reduce(text = '', one IN hosts | text + CASE text WHEN '' THEN '' ELSE ' and ' END + one)
      + ', whose own staff it covers'
  END + '.' AS basis
