// asks: who was a member of which network, and when; of all networks, or of those of these ids
// takes: wholes: LIST<STRING>
// gives: whole: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING
// reads: MEMBER_OF
CALL () {
  // here: derive/networks
}
MATCH (p:Entity)-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(w)
RETURN w.id AS whole, p.id AS member, m.validFrom AS validFrom, m.validFromPrecision AS validFromPrecision,
  m.validTo AS validTo, m.validToPrecision AS validToPrecision
