// asks: where something is that distances are measured from: a practice or trust where it is, others in the middle of
//   their practices: the address of a network is an administrative one, and serves only where none of its practices has
//   a location
// takes: subject: STRING, asOf: DATE
// gives: subject: NODE, practices: INTEGER, here: POINT
MATCH (subject:Entity {id: $subject})
CALL (subject) {
  CALL (subject) {
    MATCH (subject)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED
        WHERE member.validFrom <= $asOf AND coalesce($asOf < member.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED
        WHERE part.validFrom <= $asOf AND coalesce($asOf < part.validTo, true)]-(:Entity)
      <-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
        WHERE commissioned.validFrom <= $asOf AND coalesce($asOf < commissioned.validTo, true)]-(practice:Entity)
    RETURN practice
    UNION
    MATCH (subject)<-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]-
      (practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
    RETURN practice
    UNION
    MATCH (subject)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED
        WHERE within.validFrom <= $asOf AND coalesce($asOf < within.validTo, true)]-(:Entity)
      <-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED
        WHERE located.validFrom <= $asOf AND coalesce($asOf < located.validTo, true)]-
      (practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
    RETURN practice
  }
  WITH practice.location AS location
  WHERE location IS NOT NULL
  RETURN count(*) AS practices, avg(location.latitude) AS latitude, avg(location.longitude) AS longitude
}
WITH subject, practices, CASE
    WHEN practices > 0 THEN point({latitude: latitude, longitude: longitude})
    ELSE subject.location
  END AS here
RETURN subject, practices, here
