// asks: what is held of these sources, terms or scopes
// takes: label: STRING, keys: LIST<STRING>
// gives: properties: MAP
MATCH (n:$($label))
WHERE coalesce(n.code, n.about) IN $keys
RETURN properties(n) AS properties
