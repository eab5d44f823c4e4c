// part: explain
// asks: whether one subject may borrow elsewhere on a day, because the knowledge service that covers it belongs to a
//   network whose members lend to each other's readers. In plain words: a network lends to the readers of its
//   members, so it is of use only to whom a member covers, and it is loans and not the services of a home library.
//   Computed when it is read, and no local service. Membership counts only where a source names the service.
// basis: the home library rule of Health Libraries Midlands (www.healthlibrariesmidlands.nhs.uk/your_membership)
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
// rule: RECIPROCAL
MATCH (subject:Entity {id: $subject})
CALL () {
  // here: coverage/years
}
CALL (subject, years) {
  MATCH (subject)<-[covers:COVERS|COVERS_ENDED|COVERS_PLANNED
    WHERE covers.validFrom <= $asOf AND coalesce($asOf < covers.validTo, true)]-(service:Entity)
  WITH DISTINCT service, covers.group AS group
  OPTIONAL MATCH (service)-[member:NETWORK_MEMBER|NETWORK_MEMBER_ENDED|NETWORK_MEMBER_PLANNED
    WHERE member.validFrom <= $asOf AND coalesce($asOf < member.validTo, true)]->(network:Entity)
  WITH service, group, network,
    coalesce(network.evidenceDate, network.validFrom) + duration({years: years}) <= $asOf AS isStale
  WITH service, group, network, CASE
      WHEN network IS NULL THEN 'NO_NETWORK'
      WHEN network.reciprocity = 'NOT_STATED' THEN 'NOT_STATED'
      WHEN network.reciprocity <> 'LOANS' THEN 'NO_LOANS'
      WHEN isStale THEN 'STALE'
      ELSE 'APPLIES'
    END AS verdict
  ORDER BY verdict <> 'APPLIES', service.id, group, network.id
  RETURN collect({service: service, group: group, network: network, verdict: verdict}) AS rows
}
UNWIND CASE WHEN rows = [] THEN [{verdict: 'NOBODY'}] ELSE rows END AS row
RETURN 'RECIPROCAL' AS rule,
  CASE
    WHEN row.verdict = 'APPLIES' THEN 'APPLIES'
    WHEN row.verdict IN ['STALE', 'NO_NETWORK', 'NOT_STATED'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, row.group AS group, CASE WHEN row.verdict = 'APPLIES' THEN 'UNKNOWN' END AS terms,
  {
    NO_NETWORK: 'NOT_PUBLISHED', NOT_STATED: 'NOT_PUBLISHED', NO_LOANS: 'NOT_APPLICABLE', STALE: 'SOURCE_STALE',
    NOBODY: 'NOT_APPLICABLE'
  }[row.verdict] AS reason,
  {
    NO_NETWORK: 'No source names ' + row.service.name + ' as a member of a network.',
    NOT_STATED: 'No source says what the members of ' + row.network.name + ' do for the readers of '
      + row.service.name + '.',
    NO_LOANS: 'What is reciprocal in ' + row.network.name + ' (' + row.network.reciprocal + ') is no lending to the '
      + 'readers of ' + row.service.name + '.',
    STALE: 'The evidence that the members of ' + row.network.name + ' lend to the readers of ' + row.service.name
      + ' is more than ' + toString(years) + ' years older than ' + toString($asOf) + '.',
    NOBODY: 'A network lends to the readers of its members, and no service is known to cover ' + subject.name + ' on '
      + toString($asOf) + '.'
  }[row.verdict] AS missing,
  {
    NO_NETWORK: 'The lists of members of the networks.',
    NOT_STATED: 'A page of the network.',
    NO_LOANS: 'Nothing: it is another kind of network.',
    STALE: 'A page of the last ' + toString(years) + ' years.',
    NOBODY: 'A service that covers it; the nearest can say whether their networks take others.'
  }[row.verdict] AS settles,
  CASE WHEN row.verdict = 'APPLIES' THEN row.network.reciprocal END AS quote, row.network.url AS url,
  row.network.evidenceDate AS evidenceDate,
  [one IN [row.network.id, row.service.id, CASE WHEN row.service IS NOT NULL THEN subject.id END]
    WHERE one IS NOT NULL] AS path, null AS basis
