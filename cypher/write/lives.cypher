// asks: when these things lived
// takes: ids: LIST<STRING>
// gives: id: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE, validToPrecision: STRING
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.validFrom IS NOT NULL
RETURN n.id AS id, n.validFrom AS validFrom, n.validFromPrecision AS validFromPrecision, n.validTo AS validTo,
  n.validToPrecision AS validToPrecision
