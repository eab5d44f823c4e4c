// asks: what an agreement or a statement of a page says, and when: a state for each time that it changed
// takes: statement: STRING
// gives: said: MAP
MATCH (statement:Entity {id: $statement})
CALL (statement) {
  RETURN statement {
    .kind, .group, .terms, .basis, .evidence, .quote, .url, .evidenceDate, .evidenceDatePrecision, .sources,
    validFrom: statement.stateFrom,
    validFromPrecision: coalesce(statement.stateFromPrecision, statement.validFromPrecision),
    validTo: coalesce(statement.stateTo, statement.validTo),
    validToPrecision: coalesce(statement.stateToPrecision, statement.validToPrecision)
  } AS said
  UNION ALL
  MATCH (statement)-[:HAS_STATE]->(state:State)
  RETURN state {
    .kind, .group, .terms, .basis, .evidence, .quote, .url, .evidenceDate, .evidenceDatePrecision, .sources,
    .validFrom, .validFromPrecision, .validTo, .validToPrecision
  } AS said
}
RETURN said
