// $p9 = "2025-01-01"
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  [COUNT { (:GPPractice) }],
  [COUNT { MATCH (n10:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned) WHERE n10.validFrom <= $p9 AND (n10.validTo IS NULL OR n10.validTo > $p9) }, COLLECT { UNWIND [['IntegratedCareBoard', 'integratedCareBoards']] AS i17 MATCH (i18:Scope {about: i17[0]}) WHERE $p9 < i18.since RETURN [i17[1], i18.reasonBefore, i18.since, i18.settles] }]] AS row
