// part: GPPractice.postcode
// asks: that what lies at or near a postcode is found by index, where it is a GPPractice in force
// takes: nothing
// gives: nothing
CREATE INDEX gppractice_postcode IF NOT EXISTS
FOR (n:GPPractice)
ON (n.postcode)

// part: GPPracticeEnded.postcode
// asks: that what lies at or near a postcode is found by index, where it is a GPPractice that has ended
// takes: nothing
// gives: nothing
CREATE INDEX gppractice_ended_postcode IF NOT EXISTS
FOR (n:GPPracticeEnded)
ON (n.postcode)

// part: NHSTrust.postcode
// asks: that what lies at or near a postcode is found by index, where it is a NHSTrust in force
// takes: nothing
// gives: nothing
CREATE INDEX nhstrust_postcode IF NOT EXISTS
FOR (n:NHSTrust)
ON (n.postcode)

// part: NHSTrustEnded.postcode
// asks: that what lies at or near a postcode is found by index, where it is a NHSTrust that has ended
// takes: nothing
// gives: nothing
CREATE INDEX nhstrust_ended_postcode IF NOT EXISTS
FOR (n:NHSTrustEnded)
ON (n.postcode)

// part: PrimaryCareNetwork.postcode
// asks: that what lies at or near a postcode is found by index, where it is a PrimaryCareNetwork in force
// takes: nothing
// gives: nothing
CREATE INDEX primary_care_network_postcode IF NOT EXISTS
FOR (n:PrimaryCareNetwork)
ON (n.postcode)

// part: PrimaryCareNetworkEnded.postcode
// asks: that what lies at or near a postcode is found by index, where it is a PrimaryCareNetwork that has ended
// takes: nothing
// gives: nothing
CREATE INDEX primary_care_network_ended_postcode IF NOT EXISTS
FOR (n:PrimaryCareNetworkEnded)
ON (n.postcode)

// part: Postcode.code
// asks: that a postcode of the postcode directory is one node
// takes: nothing
// gives: nothing
CREATE CONSTRAINT postcode_code IF NOT EXISTS
FOR (n:Postcode)
REQUIRE n.code IS UNIQUE
