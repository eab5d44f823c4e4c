// asks: that a key is known by its hash; no row where the name was given before
// takes: id: STRING, name: STRING, hash: STRING, scopes: LIST<STRING>, now: ZONED DATETIME
// gives: id: STRING
// writes: AccessKey
OPTIONAL MATCH (other:AccessKey {name: $name})
WITH other
WHERE other IS NULL
CREATE (key:AccessKey {id: $id, name: $name, hash: $hash, scopes: $scopes, createdAt: $now})
RETURN key.id AS id
