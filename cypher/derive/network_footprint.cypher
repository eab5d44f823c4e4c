// asks: in which sub-ICB locations the practices of a network are commissioned, and with what share
// takes: nothing
// gives: start: STRING, end: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>
// rule: NETWORK_FOOTPRINT
// reads: MEMBER_OF, COMMISSIONED_BY
// writes: NETWORK_IN
// composes: start
MATCH (n:Entity)<-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(p:Entity)
MATCH (p)-[c:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED]->(s:Entity)
WITH n, p, s, m, c,
  CASE WHEN c.validFrom > m.validFrom THEN c ELSE m END AS starts,
  CASE WHEN m.validTo IS NULL OR c.validTo < m.validTo THEN c ELSE m END AS ends
RETURN n.id AS start, s.id AS end, p.id AS member, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  m.sources + c.sources AS sources
