// asks: whose practices a neighbourhood serves, and when: the members of its network, leaving out a practice as
//   derive/placed_members does, while neither its place nor a patient of it is known
// takes: wholes: LIST<STRING>
// gives: whole: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING
// reads: NEIGHBOURHOOD_OF, MEMBER_OF, LOCATED_IN, LISTED_IN
CALL () {
  WITH $wholes AS ids
  WHERE ids IS NULL
  MATCH (n:Neighbourhood|NeighbourhoodEnded|NeighbourhoodPlanned)
  RETURN n
  UNION ALL
  UNWIND $wholes AS id
  MATCH (n:Entity {id: id})
  RETURN n
}
MATCH (n)-[:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]->(w:Entity)
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
WITH n, p, starts, ends
WHERE ends.validTo IS NULL OR ends.validTo > starts.validFrom
RETURN n.id AS whole, p.id AS member, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision
