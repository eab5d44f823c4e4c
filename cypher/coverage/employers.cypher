// asks: whom a rule covers where it means a body: the body itself, and its networks, of which it is then a member that
//   counts
// takes: body: STRING
// gives: end: NODE, member: STRING
MATCH (body:Entity {id: $body})
CALL (body) {
  RETURN body AS end, null AS member
  UNION ALL
  // A network is covered by its members; where its administrative address lies says nothing.
  MATCH (body)-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(network:Entity)
  RETURN DISTINCT network AS end, body.id AS member
}
RETURN end, member
