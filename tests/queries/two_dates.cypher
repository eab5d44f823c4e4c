// $p1 = "2026-03-31"
// $p8 = "2026-04-01"
// $p15 = "2026-11-24"
// $p17 = "2021-06-01"
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COUNT { MATCH (n2:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n2.validFrom <= $p1 AND (n2.validTo IS NULL OR n2.validTo > $p1) }],
  [COUNT { MATCH (n9:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned) WHERE n9.validFrom <= $p8 AND (n9.validTo IS NULL OR n9.validTo > $p8) }],
  [COUNT { MATCH (c18:ClinicalCommissioningGroup|ClinicalCommissioningGroupEnded|ClinicalCommissioningGroupPlanned) WHERE c18.validFrom <= $p17 AND (c18.validTo IS NULL OR c18.validTo > $p17) }, COUNT { MATCH ()-[c19:LISTED_IN|LISTED_IN_ENDED|LISTED_IN_PLANNED]->() WHERE c19.validFrom <= $p17 AND (c19.validTo IS NULL OR c19.validTo > $p17) }, COUNT { MATCH (c20:LocalAuthority|LocalAuthorityEnded|LocalAuthorityPlanned) WHERE c20.validFrom <= $p17 AND (c20.validTo IS NULL OR c20.validTo > $p17) AND c20.isDistrict }]] AS row
