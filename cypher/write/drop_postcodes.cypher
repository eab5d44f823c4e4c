// asks: that no postcode is held any more, a part at a time
// takes: nothing
// gives: count: INTEGER
// writes: Postcode
MATCH (p:Postcode)
CALL (p) {
  DELETE p
} IN TRANSACTIONS OF 20000 ROWS
RETURN count(*) AS count
