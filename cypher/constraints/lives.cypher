// part: Entity.validFrom
// asks: that what begins between two dates is found by index, by its concept too
// takes: nothing
// gives: nothing
CREATE INDEX entity_valid_from IF NOT EXISTS
FOR (n:Entity)
ON (n.validFrom, n.id)

// part: Entity.validTo
// asks: that what ends between two dates is found by index, by its concept too
// takes: nothing
// gives: nothing
CREATE INDEX entity_valid_to IF NOT EXISTS
FOR (n:Entity)
ON (n.validTo, n.id)
