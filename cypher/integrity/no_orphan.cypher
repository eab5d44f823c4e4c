// asks: which things stand alone although their concept makes no sense so, and which states hang on nothing
// takes: limit: INTEGER
// gives: offender: STRING
// holds: no orphan: what must belong to something does
CALL () {
  MATCH (n:Entity)
  WHERE n.validFrom IS NOT NULL
  WITH n, split(n.id, ':')[0] AS concept
  WHERE (concept = 'IntegratedCareBoard' AND NOT EXISTS { (n)-[:BOARD_OF|BOARD_OF_ENDED|BOARD_OF_PLANNED]->() })
    OR (concept = 'IntegratedCareSystem' AND NOT EXISTS { (n)<-[:BOARD_OF|BOARD_OF_ENDED|BOARD_OF_PLANNED]-() })
    OR (concept = 'SubICBLocation' AND NOT EXISTS { (n)-[:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]->() })
    OR (concept = 'Eligibility' AND none(absence IN coalesce(n.absences, []) WHERE absence STARTS WITH 'service|')
      AND NOT EXISTS { (n)<-[:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]-() })
    OR (concept = 'Claim' AND NOT EXISTS { (n)-[:CLAIMED_ABOUT|CLAIMED_ABOUT_ENDED|CLAIMED_ABOUT_PLANNED]->() })
    OR (concept = 'Agreement' AND NOT EXISTS { (n)<-[:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-() })
    OR (concept = 'Document' AND NOT EXISTS { (n)-[:DOCUMENT_OF|DOCUMENT_OF_ENDED|DOCUMENT_OF_PLANNED]->() })
    OR (concept = 'Meeting' AND NOT EXISTS { (n)-[:MEETING_OF|MEETING_OF_ENDED|MEETING_OF_PLANNED]->() })
    OR (concept = 'IntegratedCarePartnership'
      AND NOT EXISTS { (n)-[:PARTNERSHIP_OF|PARTNERSHIP_OF_ENDED|PARTNERSHIP_OF_PLANNED]->() })
    OR (concept = 'Place' AND NOT EXISTS { (n)-[:PLACE_IN|PLACE_IN_ENDED|PLACE_IN_PLANNED]->() })
    OR (concept = 'Neighbourhood'
      AND NOT EXISTS { (n)-[:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]->() })
    OR (concept = 'HealthAndWellbeingBoard'
      AND NOT EXISTS { (n)-[:BOARD_FOR|BOARD_FOR_ENDED|BOARD_FOR_PLANNED]->() })
    OR (concept = 'BoardCluster' AND NOT EXISTS { (n)<-[:CLUSTERED_IN|CLUSTERED_IN_ENDED|CLUSTERED_IN_PLANNED]-() })
    OR (concept = 'PlannedChange' AND NOT EXISTS { (n)-[:CONCERNS|CONCERNS_ENDED|CONCERNS_PLANNED]->() })
    OR (concept = 'TrainingHub' AND NOT EXISTS { (n)-[:HUB_OF|HUB_OF_ENDED|HUB_OF_PLANNED]->() })
    OR (concept = 'KnowledgeSpecialistPost' AND (NOT EXISTS { (n)-[:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]->() }
      OR NOT EXISTS { (n)-[:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]->() }))
    OR (concept IN ['ProviderCollaborative', 'KnowledgeNetwork']
      AND none(absence IN coalesce(n.absences, []) WHERE absence STARTS WITH 'members|')
      AND NOT EXISTS { (n)<-[:COLLABORATIVE_MEMBER|COLLABORATIVE_MEMBER_ENDED|COLLABORATIVE_MEMBER_PLANNED]-() }
      AND NOT EXISTS { (n)<-[:NETWORK_MEMBER|NETWORK_MEMBER_ENDED|NETWORK_MEMBER_PLANNED]-() })
  RETURN n.id AS offender
  UNION ALL
  MATCH (s:State)
  WHERE NOT EXISTS { (s)<-[:HAS_STATE|HAS_STATE_SUPERSEDED]-(:Entity) }
  RETURN 'a state of ' + coalesce(s.name, 'nothing') AS offender
  UNION ALL
  MATCH (i:Identifier)
  WHERE NOT EXISTS { (i)<--(:Entity) }
  RETURN i.id AS offender
}
RETURN offender
LIMIT $limit
