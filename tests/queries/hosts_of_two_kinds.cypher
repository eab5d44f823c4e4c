// $p11Limit = 100
// $p4Limit = 5
MATCH (graph:Graph)
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  COLLECT { MATCH (n2:KnowledgeService)
    WITH *, n2.code AS o21 ORDER BY o21 LIMIT $p4Limit RETURN [n2.name, COLLECT { MATCH (n2)-[r10:HOSTED_BY]->(n9)
    WITH *, n9.code AS o20 ORDER BY o20 LIMIT $p11Limit RETURN [[split(n9.id, ':')[0], CASE WHEN split(n9.id, ':')[0] IN ['Agreement', 'BoardCluster', 'BoardSeat', 'Claim', 'ClinicalCommissioningGroup', 'CommissioningFunction', 'CommissioningSupportUnit', 'Document', 'DocumentRequirement', 'Eligibility', 'GPPractice', 'HealthAndWellbeingBoard', 'IntegratedCareBoard', 'IntegratedCarePartnership', 'IntegratedCareSystem', 'KnowledgeNetwork', 'KnowledgeService', 'KnowledgeSpecialistPost', 'LocalAuthority', 'Meeting', 'NHSRegion', 'NationalOffer', 'Neighbourhood', 'Place', 'PlannedChange', 'PrimaryCareNetwork', 'Programme', 'ProviderCollaborative', 'SubICBLocation', 'TrainingHub'] THEN [split(n9.id, ':')[0], n9.name] WHEN split(n9.id, ':')[0] IN ['NHSTrust'] THEN [n9.name, n9.odsCode] WHEN split(n9.id, ':')[0] IN ['HostOrganisation'] THEN [n9.name, n9.kind] END]] }] }] AS row
