// asks: who was a member of which network, and when
// takes: nothing
// gives: whole: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING
// reads: MEMBER_OF
MATCH (p:Entity)-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(w:Entity)
RETURN w.id AS whole, p.id AS member, m.validFrom AS validFrom, m.validFromPrecision AS validFromPrecision,
  m.validTo AS validTo, m.validToPrecision AS validToPrecision
