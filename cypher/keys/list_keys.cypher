// asks: which keys there are, and what they are for
// takes: nothing
// gives: name: STRING, id: STRING, scopes: LIST<STRING>, createdAt: ZONED DATETIME, revokedAt: ZONED DATETIME
MATCH (key:AccessKey)
RETURN key.name AS name, key.id AS id, key.scopes AS scopes, key.createdAt AS createdAt, key.revokedAt AS revokedAt
ORDER BY name
