// part: IntegratedCareBoard.onsCode
// asks: that an ONS code names one IntegratedCareBoard in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT integrated_care_board_ons_code IF NOT EXISTS
FOR (n:IntegratedCareBoard)
REQUIRE n.onsCode IS UNIQUE

// part: LocalAuthority.onsCode
// asks: that an ONS code names one LocalAuthority in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT local_authority_ons_code IF NOT EXISTS
FOR (n:LocalAuthority)
REQUIRE n.onsCode IS UNIQUE

// part: NHSRegion.onsCode
// asks: that an ONS code names one NHSRegion in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT nhsregion_ons_code IF NOT EXISTS
FOR (n:NHSRegion)
REQUIRE n.onsCode IS UNIQUE

// part: SubICBLocation.onsCode
// asks: that an ONS code names one SubICBLocation in force
// takes: nothing
// gives: nothing
CREATE CONSTRAINT sub_icblocation_ons_code IF NOT EXISTS
FOR (n:SubICBLocation)
REQUIRE n.onsCode IS UNIQUE
