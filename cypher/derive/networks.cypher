// asks: which primary care networks there are, at any time: all, or those of these ids
// takes: wholes: LIST<STRING>
// gives: w: NODE
CALL () {
  WITH $wholes AS wholes
  WHERE wholes IS NULL
  MATCH (w:PrimaryCareNetwork|PrimaryCareNetworkEnded|PrimaryCareNetworkPlanned)
  RETURN w
  UNION ALL
  UNWIND $wholes AS id
  MATCH (w:Entity {id: id})
  RETURN w
}
RETURN w
