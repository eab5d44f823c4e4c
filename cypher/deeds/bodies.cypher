// asks: which things of these concepts bear or bore a code of the NHS, of the ONS or of ours
// takes: code: STRING, concepts: LIST<STRING>
// gives: id: STRING
CALL () {
  UNWIND $concepts AS concept
  MATCH (n:Entity {id: concept + ':' + $code})
  RETURN n
  UNION
  MATCH (:Identifier {id: 'ONS:' + $code})<-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(n:Entity)
  WHERE split(n.id, ':')[0] IN $concepts
  RETURN n
}
WITH n
WHERE n.validFrom IS NOT NULL
RETURN n.id AS id
ORDER BY id
