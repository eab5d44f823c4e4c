// asks: which knowledge services have this name, whatever the case of its letters
// takes: name: STRING
// gives: id: STRING
MATCH (n:KnowledgeService|KnowledgeServiceEnded|KnowledgeServicePlanned)
WHERE toLower(n.name) = toLower($name)
RETURN n.id AS id
ORDER BY id
