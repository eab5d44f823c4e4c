// part: ClinicalCommissioningGroup.odsCode
// asks: that an ODS code names one ClinicalCommissioningGroup in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT clinical_commissioning_group_ods_code IF NOT EXISTS
FOR (n:ClinicalCommissioningGroup)
REQUIRE n.odsCode IS UNIQUE

// part: GPPractice.odsCode
// asks: that an ODS code names one GPPractice in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT gppractice_ods_code IF NOT EXISTS
FOR (n:GPPractice)
REQUIRE n.odsCode IS UNIQUE

// part: IntegratedCareBoard.odsCode
// asks: that an ODS code names one IntegratedCareBoard in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT integrated_care_board_ods_code IF NOT EXISTS
FOR (n:IntegratedCareBoard)
REQUIRE n.odsCode IS UNIQUE

// part: NHSRegion.odsCode
// asks: that an ODS code names one NHSRegion in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT nhsregion_ods_code IF NOT EXISTS
FOR (n:NHSRegion)
REQUIRE n.odsCode IS UNIQUE

// part: NHSTrust.odsCode
// asks: that an ODS code names one NHSTrust in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT nhstrust_ods_code IF NOT EXISTS
FOR (n:NHSTrust)
REQUIRE n.odsCode IS UNIQUE

// part: PrimaryCareNetwork.odsCode
// asks: that an ODS code names one PrimaryCareNetwork in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT primary_care_network_ods_code IF NOT EXISTS
FOR (n:PrimaryCareNetwork)
REQUIRE n.odsCode IS UNIQUE

// part: SubICBLocation.odsCode
// asks: that an ODS code names one SubICBLocation in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT sub_icblocation_ods_code IF NOT EXISTS
FOR (n:SubICBLocation)
REQUIRE n.odsCode IS UNIQUE
