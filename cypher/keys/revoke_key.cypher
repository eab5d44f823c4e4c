// asks: that a key opens nothing any more; no row where there is none of that name
// takes: name: STRING, now: ZONED DATETIME
// gives: revokedAt: ZONED DATETIME
// writes: AccessKey
MATCH (key:AccessKey {name: $name})
SET key.revokedAt = coalesce(key.revokedAt, $now)
RETURN key.revokedAt AS revokedAt
