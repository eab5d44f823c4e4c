// part: derive
// asks: in which sub-ICB locations the practices of a network are commissioned, and with what share. In plain words:
//   a network lies where its practices do; of several locations each has the share of the practices that it
//   commissions, though the Organisation Data Service gives the network one parent alone.
// basis: commissioners and members of networks as the Organisation Data Service publishes them practice by practice
//   (digital.nhs.uk/services/organisation-data-service)
// takes: starts: LIST<STRING>
// gives: start: STRING, end: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>
// rule: NETWORK_FOOTPRINT
// reads: MEMBER_OF, COMMISSIONED_BY
// writes: NETWORK_IN
// composes: start
CALL () {
  WITH $starts AS starts
  WHERE starts IS NULL
  MATCH (n:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned)
  RETURN n
  UNION ALL
  UNWIND $starts AS id
  MATCH (n:Entity {id: id})
  RETURN n
}
MATCH (n)<-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(p:Entity)
MATCH (p)-[c:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED]->(s:Entity)
WITH n, p, s, m, c,
  CASE WHEN c.validFrom > m.validFrom THEN c ELSE m END AS starts,
  CASE WHEN m.validTo IS NULL OR c.validTo < m.validTo THEN c ELSE m END AS ends
RETURN n.id AS start, s.id AS end, p.id AS member, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  m.sources + c.sources AS sources

// part: touched
// asks: which networks a change can touch by their members and by whom these are commissioned
// takes: touched: MAP
// gives: starts: LIST<STRING>
// reads: MEMBER_OF, COMMISSIONED_BY
CALL () {
  UNWIND $touched.MEMBER_OF AS pair
  RETURN pair[1] AS start
  UNION
  UNWIND $touched.COMMISSIONED_BY AS pair
  MATCH (:Entity {id: pair[0]})-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(network:Entity)
  RETURN network.id AS start
}
RETURN collect(start) AS starts
