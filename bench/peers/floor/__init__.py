"""The floor: hand-written statements through the official driver, without GraphQL."""
