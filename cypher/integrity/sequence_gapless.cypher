// asks: at which numbers the sequence has a gap, or the chain of hashes is broken
// takes: limit: INTEGER
// gives: offender: STRING
// holds: the sequence is gapless and its hashes are chained
MATCH (g:Graph {key: 'graph'})
CALL (g) {
  UNWIND range(1, g.sequence) AS sequence
  OPTIONAL MATCH (c:ChangeSet {sequence: sequence})
  OPTIONAL MATCH (before:ChangeSet {sequence: sequence - 1})
  WITH sequence, c, before
  WHERE c IS NULL OR c.previousHash <> coalesce(before.hash, '')
  RETURN toString(sequence) AS offender
  UNION ALL
  MATCH (c:ChangeSet)
  WHERE c.sequence > g.sequence
  RETURN toString(c.sequence) AS offender
}
RETURN offender
LIMIT $limit
