// asks: which boards lack, on a day of their life, a seat or a document requirement that was in force
// takes: limit: INTEGER
// gives: offender: STRING
// holds: every board has the seats and the document requirements of every board
MATCH (b:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned)
MATCH (s:BoardSeat|BoardSeatEnded|BoardSeatPlanned|DocumentRequirement|DocumentRequirementEnded
  |DocumentRequirementPlanned)
WHERE (b.validTo IS NULL OR s.validFrom < b.validTo) AND (s.validTo IS NULL OR b.validFrom < s.validTo)
  AND NOT EXISTS {
    MATCH (s)-[r:SEAT_OF|SEAT_OF_ENDED|SEAT_OF_PLANNED|REQUIRED_OF|REQUIRED_OF_ENDED|REQUIRED_OF_PLANNED]->(b)
    WHERE (r.validFrom <= s.validFrom OR r.validFrom <= b.validFrom)
      AND (r.validTo IS NULL OR r.validTo >= s.validTo OR r.validTo >= b.validTo)
  }
RETURN s.id + ' at ' + b.id AS offender
LIMIT $limit
