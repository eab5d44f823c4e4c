// part: names
// asks: that names and codes of all times are found by their words, spelt nearly so
// takes: nothing
// gives: nothing
CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (n:Entity|State|Identifier)
ON EACH [n.name, n.code, n.value]
