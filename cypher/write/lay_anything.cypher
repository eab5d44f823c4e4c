// asks: that the transaction at hand has written something, without a lock that others wait for; it is rolled back
// takes: nothing
// gives: count: INTEGER
CREATE (anything)
RETURN count(anything) AS count
