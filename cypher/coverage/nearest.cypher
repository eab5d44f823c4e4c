// asks: the nearest knowledge services to ask, by distance in a straight line. Distance is from where a practice or
//   trust is, and for others from the middle of their practices: the address of a network is an administrative one, and
//   serves only where none of its practices has a location. A service is where its host is. Past services are left out.
// takes: subject: STRING, asOf: DATE, first: INTEGER
// gives: service: STRING, distanceKilometres: FLOAT, basis: STRING
// after: finding/where
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
