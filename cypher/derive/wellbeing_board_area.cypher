// asks: in which boards' areas a health and wellbeing board lies. In plain words: in those in which its authority or
//   a district of it does.
// basis: Health and Social Care Act 2012, section 194: each upper-tier authority establishes a board for its area
// takes: nothing
// gives: start: STRING, end: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>
// rule: AUTHORITY_AREA
// reads: HealthAndWellbeingBoard, BOARD_FOR, WITHIN, AUTHORITY_IN, IntegratedCareBoard
// writes: WELLBEING_BOARD_IN
MATCH (h:Entity)-[b:BOARD_FOR|BOARD_FOR_ENDED|BOARD_FOR_PLANNED]->(a:Entity)
CALL (a) {
  MATCH (a)-[i:AUTHORITY_IN|AUTHORITY_IN_ENDED|AUTHORITY_IN_PLANNED]->(c:Entity)
  RETURN c, [i] AS links
UNION ALL
  MATCH (a)<-[w:WITHIN|WITHIN_ENDED|WITHIN_PLANNED]-(:Entity)
    -[i:AUTHORITY_IN|AUTHORITY_IN_ENDED|AUTHORITY_IN_PLANNED]->(c:Entity)
  RETURN c, [w, i] AS links
}
WITH h, c, [h, c, b] + links AS path, [link IN [b] + links | link.sources] AS said
WITH h, c, said,
  reduce(late = null, link IN path |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN path |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
RETURN h.id AS start, c.id AS end, starts.validFrom AS validFrom, starts.validFromPrecision AS validFromPrecision,
  ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  reduce(all = [], one IN said | all + one) AS sources
