// asks: what was done before under this key
// takes: key: STRING
// gives: sequence: INTEGER, operation: STRING, inputDigest: STRING, written: STRING
MATCH (c:ChangeSet {idempotencyKey: $key})
RETURN c.sequence AS sequence, c.operation AS operation, c.inputDigest AS inputDigest, c.written AS written
