// $p1 = "2026-11-24"
// $p11Limit = 101
// $p11Key = ""
// $p4Limit = 6
// $p4Key = ""
MATCH (graph:Graph)
RETURN [graph.sequence, graph.since, graph.until,
  [COLLECT { MATCH (n2:KnowledgeService) WHERE n2.id > $p4Key
    RETURN [n2.id, [n2.name, [COLLECT { MATCH (n2)-[r10:HOSTED_BY]->(n9) WHERE n9.id > $p11Key
    RETURN [n9.id, [split(n9.id, ':')[0], CASE WHEN split(n9.id, ':')[0] IN ['Agreement', 'BoardCluster', 'BoardSeat', 'Claim', 'ClinicalCommissioningGroup', 'CommissioningFunction', 'CommissioningSupportUnit', 'Document', 'DocumentRequirement', 'Eligibility', 'GPPractice', 'HealthAndWellbeingBoard', 'IntegratedCareBoard', 'IntegratedCarePartnership', 'IntegratedCareSystem', 'KnowledgeNetwork', 'KnowledgeService', 'KnowledgeSpecialistPost', 'LocalAuthority', 'Meeting', 'NHSRegion', 'NationalOffer', 'Neighbourhood', 'Place', 'PlannedChange', 'PrimaryCareNetwork', 'Programme', 'ProviderCollaborative', 'SubICBLocation', 'TrainingHub'] THEN [split(n9.id, ':')[0], n9.name] WHEN split(n9.id, ':')[0] IN ['NHSTrust'] THEN [n9.name, n9.odsCode] WHEN split(n9.id, ':')[0] IN ['HostOrganisation'] THEN [n9.name, n9.kind] END]] ORDER BY n9.id LIMIT $p11Limit }]]] ORDER BY n2.id LIMIT $p4Limit }]] AS row
