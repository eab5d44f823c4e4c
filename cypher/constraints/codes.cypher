// part: Agreement.code
// asks: that a code of ours names one Agreement in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT agreement_code IF NOT EXISTS
FOR (n:Agreement)
REQUIRE n.code IS UNIQUE

// part: BoardCluster.code
// asks: that a code of ours names one BoardCluster in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT board_cluster_code IF NOT EXISTS
FOR (n:BoardCluster)
REQUIRE n.code IS UNIQUE

// part: BoardSeat.code
// asks: that a code of ours names one BoardSeat in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT board_seat_code IF NOT EXISTS
FOR (n:BoardSeat)
REQUIRE n.code IS UNIQUE

// part: Claim.code
// asks: that a code of ours names one Claim in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT claim_code IF NOT EXISTS
FOR (n:Claim)
REQUIRE n.code IS UNIQUE

// part: ClinicalCommissioningGroup.code
// asks: that a code of ours names one ClinicalCommissioningGroup in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT clinical_commissioning_group_code IF NOT EXISTS
FOR (n:ClinicalCommissioningGroup)
REQUIRE n.code IS UNIQUE

// part: CommissioningFunction.code
// asks: that a code of ours names one CommissioningFunction in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT commissioning_function_code IF NOT EXISTS
FOR (n:CommissioningFunction)
REQUIRE n.code IS UNIQUE

// part: CommissioningSupportUnit.code
// asks: that a code of ours names one CommissioningSupportUnit in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT commissioning_support_unit_code IF NOT EXISTS
FOR (n:CommissioningSupportUnit)
REQUIRE n.code IS UNIQUE

// part: Document.code
// asks: that a code of ours names one Document in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT document_code IF NOT EXISTS
FOR (n:Document)
REQUIRE n.code IS UNIQUE

// part: DocumentRequirement.code
// asks: that a code of ours names one DocumentRequirement in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT document_requirement_code IF NOT EXISTS
FOR (n:DocumentRequirement)
REQUIRE n.code IS UNIQUE

// part: Eligibility.code
// asks: that a code of ours names one Eligibility in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT eligibility_code IF NOT EXISTS
FOR (n:Eligibility)
REQUIRE n.code IS UNIQUE

// part: GPPractice.code
// asks: that a code of ours names one GPPractice in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT gppractice_code IF NOT EXISTS
FOR (n:GPPractice)
REQUIRE n.code IS UNIQUE

// part: HealthAndWellbeingBoard.code
// asks: that a code of ours names one HealthAndWellbeingBoard in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT health_and_wellbeing_board_code IF NOT EXISTS
FOR (n:HealthAndWellbeingBoard)
REQUIRE n.code IS UNIQUE

// part: HostOrganisation.code
// asks: that a code of ours names one HostOrganisation in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT host_organisation_code IF NOT EXISTS
FOR (n:HostOrganisation)
REQUIRE n.code IS UNIQUE

// part: IntegratedCareBoard.code
// asks: that a code of ours names one IntegratedCareBoard in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT integrated_care_board_code IF NOT EXISTS
FOR (n:IntegratedCareBoard)
REQUIRE n.code IS UNIQUE

// part: IntegratedCarePartnership.code
// asks: that a code of ours names one IntegratedCarePartnership in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT integrated_care_partnership_code IF NOT EXISTS
FOR (n:IntegratedCarePartnership)
REQUIRE n.code IS UNIQUE

// part: IntegratedCareSystem.code
// asks: that a code of ours names one IntegratedCareSystem in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT integrated_care_system_code IF NOT EXISTS
FOR (n:IntegratedCareSystem)
REQUIRE n.code IS UNIQUE

// part: KnowledgeNetwork.code
// asks: that a code of ours names one KnowledgeNetwork in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT knowledge_network_code IF NOT EXISTS
FOR (n:KnowledgeNetwork)
REQUIRE n.code IS UNIQUE

// part: KnowledgeService.code
// asks: that a code of ours names one KnowledgeService in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT knowledge_service_code IF NOT EXISTS
FOR (n:KnowledgeService)
REQUIRE n.code IS UNIQUE

// part: KnowledgeSpecialistPost.code
// asks: that a code of ours names one KnowledgeSpecialistPost in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT knowledge_specialist_post_code IF NOT EXISTS
FOR (n:KnowledgeSpecialistPost)
REQUIRE n.code IS UNIQUE

// part: LocalAuthority.code
// asks: that a code of ours names one LocalAuthority in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT local_authority_code IF NOT EXISTS
FOR (n:LocalAuthority)
REQUIRE n.code IS UNIQUE

// part: Meeting.code
// asks: that a code of ours names one Meeting in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT meeting_code IF NOT EXISTS
FOR (n:Meeting)
REQUIRE n.code IS UNIQUE

// part: NHSRegion.code
// asks: that a code of ours names one NHSRegion in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT nhsregion_code IF NOT EXISTS
FOR (n:NHSRegion)
REQUIRE n.code IS UNIQUE

// part: NHSTrust.code
// asks: that a code of ours names one NHSTrust in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT nhstrust_code IF NOT EXISTS
FOR (n:NHSTrust)
REQUIRE n.code IS UNIQUE

// part: NationalOffer.code
// asks: that a code of ours names one NationalOffer in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT national_offer_code IF NOT EXISTS
FOR (n:NationalOffer)
REQUIRE n.code IS UNIQUE

// part: Neighbourhood.code
// asks: that a code of ours names one Neighbourhood in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT neighbourhood_code IF NOT EXISTS
FOR (n:Neighbourhood)
REQUIRE n.code IS UNIQUE

// part: Place.code
// asks: that a code of ours names one Place in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT place_code IF NOT EXISTS
FOR (n:Place)
REQUIRE n.code IS UNIQUE

// part: PlannedChange.code
// asks: that a code of ours names one PlannedChange in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT planned_change_code IF NOT EXISTS
FOR (n:PlannedChange)
REQUIRE n.code IS UNIQUE

// part: PrimaryCareNetwork.code
// asks: that a code of ours names one PrimaryCareNetwork in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT primary_care_network_code IF NOT EXISTS
FOR (n:PrimaryCareNetwork)
REQUIRE n.code IS UNIQUE

// part: Programme.code
// asks: that a code of ours names one Programme in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT programme_code IF NOT EXISTS
FOR (n:Programme)
REQUIRE n.code IS UNIQUE

// part: ProviderCollaborative.code
// asks: that a code of ours names one ProviderCollaborative in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT provider_collaborative_code IF NOT EXISTS
FOR (n:ProviderCollaborative)
REQUIRE n.code IS UNIQUE

// part: SubICBLocation.code
// asks: that a code of ours names one SubICBLocation in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT sub_icblocation_code IF NOT EXISTS
FOR (n:SubICBLocation)
REQUIRE n.code IS UNIQUE

// part: TrainingHub.code
// asks: that a code of ours names one TrainingHub in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT training_hub_code IF NOT EXISTS
FOR (n:TrainingHub)
REQUIRE n.code IS UNIQUE
