// part: Graph.key
// asks: that there is one Graph node
// takes: nothing
// gives: nothing
CREATE CONSTRAINT graph_key IF NOT EXISTS
FOR (n:Graph)
REQUIRE n.key IS UNIQUE

// part: Entity.id
// asks: that one thing is one node
// takes: nothing
// gives: nothing
CREATE CONSTRAINT entity_id IF NOT EXISTS
FOR (n:Entity)
REQUIRE n.id IS UNIQUE

// part: Entity.code
// asks: that what bears or bore a code is found by index, of whichever concept it is
// takes: nothing
// gives: nothing
CREATE INDEX entity_code IF NOT EXISTS
FOR (n:Entity)
ON (n.code)

// part: Identifier.id
// asks: that one code of one scheme is one node
// takes: nothing
// gives: nothing
CREATE CONSTRAINT identifier_id IF NOT EXISTS
FOR (n:Identifier)
REQUIRE n.id IS UNIQUE

// part: Source.code
// asks: that a source is described once
// takes: nothing
// gives: nothing
CREATE CONSTRAINT source_code IF NOT EXISTS
FOR (n:Source)
REQUIRE n.code IS UNIQUE

// part: ChangeSet.sequence
// asks: that a number of the sequence is given once
// takes: nothing
// gives: nothing
CREATE CONSTRAINT change_set_sequence IF NOT EXISTS
FOR (n:ChangeSet)
REQUIRE n.sequence IS UNIQUE

// part: Scope.about
// asks: that what sources can speak of is said once
// takes: nothing
// gives: nothing
CREATE CONSTRAINT scope_about IF NOT EXISTS
FOR (n:Scope)
REQUIRE n.about IS UNIQUE

// part: Term.code
// asks: that a term is explained once
// takes: nothing
// gives: nothing
CREATE CONSTRAINT term_code IF NOT EXISTS
FOR (n:Term)
REQUIRE n.code IS UNIQUE

// part: ChangeSet.idempotencyKey
// asks: that what was asked for under one key is done once
// takes: nothing
// gives: nothing
CREATE CONSTRAINT change_set_idempotency_key IF NOT EXISTS
FOR (n:ChangeSet)
REQUIRE n.idempotencyKey IS UNIQUE

// part: AccessKey.id
// asks: that one key of those who may write is one node
// takes: nothing
// gives: nothing
CREATE CONSTRAINT access_key_id IF NOT EXISTS
FOR (n:AccessKey)
REQUIRE n.id IS UNIQUE

// part: AccessKey.name
// asks: that a name says who wrote, whatever became of their key
// takes: nothing
// gives: nothing
CREATE CONSTRAINT access_key_name IF NOT EXISTS
FOR (n:AccessKey)
REQUIRE n.name IS UNIQUE
