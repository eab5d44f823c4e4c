// asks: which systems lack a partnership for a part of their life, and which upper-tier authorities lack a board
// takes: limit: INTEGER
// gives: offender: STRING
// holds: what the law says exists does, one for each and for as long
CALL () {
  MATCH (:Scope {about: 'IntegratedCarePartnership'})
  MATCH (s:IntegratedCareSystem|IntegratedCareSystemEnded|IntegratedCareSystemPlanned)
  OPTIONAL MATCH (s)<-[r:PARTNERSHIP_OF|PARTNERSHIP_OF_ENDED|PARTNERSHIP_OF_PLANNED]-()
  WITH s.id AS whom, s.validFrom AS begins, s.validTo AS ends, collect(r) AS held
  RETURN whom, begins, ends, held
UNION ALL
  MATCH (:Scope {about: 'HealthAndWellbeingBoard'})
  MATCH (a:LocalAuthority|LocalAuthorityEnded|LocalAuthorityPlanned)
  WHERE a.isUpperTier
  OPTIONAL MATCH (a)<-[r:BOARD_FOR|BOARD_FOR_ENDED|BOARD_FOR_PLANNED]-()
  WITH a.id AS whom, a.validFrom AS begins, a.validTo AS ends, collect(r) AS held
  RETURN whom, begins, ends, held
}
WITH whom, begins, ends, held
WHERE size(held) <> 1 OR held[0].validFrom <> begins
  OR coalesce(held[0].validTo, date('9999-12-31')) <> coalesce(ends, date('9999-12-31'))
RETURN whom AS offender
LIMIT $limit
