// part: GPPractice.location
// asks: that distances from a GPPractice in force are found by index
// takes: nothing
// gives: nothing
CREATE POINT INDEX gppractice_location IF NOT EXISTS
FOR (n:GPPractice)
ON (n.location)

// part: KnowledgeService.location
// asks: that distances from a KnowledgeService in force are found by index
// takes: nothing
// gives: nothing
CREATE POINT INDEX knowledge_service_location IF NOT EXISTS
FOR (n:KnowledgeService)
ON (n.location)

// part: NHSTrust.location
// asks: that distances from a NHSTrust in force are found by index
// takes: nothing
// gives: nothing
CREATE POINT INDEX nhstrust_location IF NOT EXISTS
FOR (n:NHSTrust)
ON (n.location)

// part: PrimaryCareNetwork.location
// asks: that distances from a PrimaryCareNetwork in force are found by index
// takes: nothing
// gives: nothing
CREATE POINT INDEX primary_care_network_location IF NOT EXISTS
FOR (n:PrimaryCareNetwork)
ON (n.location)
