// asks: whose practices a neighbourhood serves, and when: the members of its network
// takes: nothing
// gives: whole: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING
// reads: NEIGHBOURHOOD_OF, MEMBER_OF
MATCH (n:Entity)-[:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]->(w:Entity)
MATCH (p:Entity)-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(w)
RETURN n.id AS whole, p.id AS member, m.validFrom AS validFrom, m.validFromPrecision AS validFromPrecision,
  m.validTo AS validTo, m.validToPrecision AS validToPrecision
