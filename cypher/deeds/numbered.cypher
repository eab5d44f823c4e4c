// asks: which ids begin so, those of what was withdrawn among them
// takes: beginning: STRING
// gives: id: STRING
MATCH (n:Entity)
WHERE n.id STARTS WITH $beginning
RETURN n.id AS id
ORDER BY id
