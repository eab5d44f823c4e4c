// asks: who was a member of which network, and when, leaving out a practice while neither its place nor a patient of it is
//   known: its postcode is in no directory that was read, and it is not on the practice map, so no source says whom it
//   serves where
// takes: wholes: LIST<STRING>
// gives: whole: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING
// reads: MEMBER_OF, LOCATED_IN, LISTED_IN
CALL () {
  // here: derive/networks
}
MATCH (p:Entity)-[m:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(w)
CALL (p, m) {
  WITH p, m
  WHERE EXISTS { (p)-[:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->() }
  RETURN m AS starts, m AS ends
UNION
  WITH p, m
  WHERE NOT EXISTS { (p)-[:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->() }
  MATCH (p)-[l:LISTED_IN|LISTED_IN_ENDED|LISTED_IN_PLANNED]->()
  RETURN CASE WHEN l.validFrom > m.validFrom THEN l ELSE m END AS starts,
    CASE WHEN m.validTo IS NULL OR l.validTo < m.validTo THEN l ELSE m END AS ends
}
WITH w, p, starts, ends
WHERE ends.validTo IS NULL OR ends.validTo > starts.validFrom
RETURN w.id AS whole, p.id AS member, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision
