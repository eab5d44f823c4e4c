// $p1 = "2026-11-24"
// $p8 = "2025-01-01"
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COUNT { (:GPPractice) }],
  [COUNT { MATCH (n9:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned) WHERE n9.validFrom <= $p8 AND (n9.validTo IS NULL OR n9.validTo > $p8) }, COLLECT { UNWIND [['IntegratedCareBoard', 'integratedCareBoards']] AS i15 MATCH (i16:Scope {about: i15[0]}) WHERE $p8 < i16.since RETURN [i15[1], i16.reasonBefore, i16.since, i16.settles] }]] AS row
