// asks: by what to know the bearer of a key, and what it is for; no row where it was revoked or never was
// takes: id: STRING
// gives: name: STRING, hash: STRING, scopes: LIST<STRING>
MATCH (key:AccessKey {id: $id})
WHERE key.revokedAt IS NULL
RETURN key.name AS name, key.hash AS hash, key.scopes AS scopes
