// $p1 = "2026-03-31"
// $p9 = "2026-04-01"
// $p19 = "2021-06-01"
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  [COUNT { MATCH (n2:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n2.validFrom <= $p1 AND (n2.validTo IS NULL OR n2.validTo > $p1) }],
  [COUNT { MATCH (n10:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n10.validFrom <= $p9 AND (n10.validTo IS NULL OR n10.validTo > $p9) }],
  [COUNT { MATCH (c20:ClinicalCommissioningGroup|ClinicalCommissioningGroupEnded|ClinicalCommissioningGroupPlanned) WHERE c20.validFrom <= $p19 AND (c20.validTo IS NULL OR c20.validTo > $p19) }, COUNT { MATCH ()-[c21:LISTED_IN|LISTED_IN_ENDED|LISTED_IN_PLANNED]->() WHERE c21.validFrom <= $p19 AND (c21.validTo IS NULL OR c21.validTo > $p19) }, COUNT { MATCH (c22:LocalAuthority|LocalAuthorityEnded|LocalAuthorityPlanned) WHERE c22.validFrom <= $p19 AND (c22.validTo IS NULL OR c22.validTo > $p19) AND c22.isDistrict }]] AS row
