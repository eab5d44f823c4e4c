// asks: where the graph stands; read in a statement after the lock, so that nothing is older than the lock
// takes: nothing
// gives: sequence: INTEGER, since: DATE, until: DATE, hash: STRING, recordedAt: ZONED DATETIME, pending: LIST<STRING>,
//   tablesDigest: STRING
MATCH (g:Graph {key: 'graph'})
RETURN g.sequence AS sequence, g.since AS since, g.until AS until, g.hash AS hash, g.recordedAt AS recordedAt,
  coalesce(g.pending, []) AS pending, g.tablesDigest AS tablesDigest
