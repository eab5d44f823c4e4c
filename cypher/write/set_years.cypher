// asks: that evidence speaks for so many years; no row where that is so already
// takes: years: INTEGER
// gives: key: STRING
// writes: Graph
CALL () {
  // here: coverage/years
}
WITH years
WHERE years <> $years
MATCH (g:Graph {key: 'graph'})
SET g.yearsOfEvidence = $years
RETURN g.key AS key
