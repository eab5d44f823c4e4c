// asks: which coverage a change set made or took away, whatever became of it since
// takes: sequence: INTEGER
// gives: service: STRING, subject: STRING, isMade: BOOLEAN, properties: MAP
MATCH (service:Entity)-[c:COVERS|COVERS_ENDED|COVERS_PLANNED|COVERS_SUPERSEDED]->(subject:Entity)
WHERE (c.recordedFrom = $sequence OR c.recordedTo = $sequence) AND coalesce(c.recordedFrom <> c.recordedTo, true)
RETURN service.id AS service, subject.id AS subject, c.recordedFrom = $sequence AS isMade, properties(c) AS properties
