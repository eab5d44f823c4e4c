// asks: in which places a neighbourhood lies, and with what share of its practices. In plain words: a practice lies in a
//   place where the place takes in the whole of an authority and the practice's postcode lies in that authority. Of a
//   place that takes in a part of an authority nothing follows; whether the authority is stated by a page or inferred
//   from the place's name stands on the relationship.
// takes: nothing
// gives: start: STRING, end: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>, basis: STRING
// rule: NEIGHBOURHOOD_PLACE
// reads: Neighbourhood, NEIGHBOURHOOD_OF, MEMBER_OF, LOCATED_IN, LISTED_IN, WITHIN, PLACE_AUTHORITY, Place
// writes: NEIGHBOURHOOD_IN
// composes: start
// members: derive/neighbourhood_members
MATCH (place:Entity)-[of:PLACE_AUTHORITY|PLACE_AUTHORITY_ENDED|PLACE_AUTHORITY_PLANNED]->(authority:Entity)
WHERE of.coverage = 'WHOLE'
CALL (authority) {
  MATCH (authority)<-[lies:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]-(practice:Entity)
  RETURN practice, [lies] AS links
UNION ALL
  MATCH (authority)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED]-(:Entity)
    <-[lies:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]-(practice:Entity)
  RETURN practice, [within, lies] AS links
}
MATCH (practice)-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(:Entity)
  <-[serves:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]-(hood:Entity)
WITH place, hood, practice, of, [of, member, serves] + links AS said
WITH place, hood, practice, of, said, [place, hood] + said AS path
WITH place, hood, practice, of, said,
  reduce(late = null, link IN path |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN path |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
RETURN hood.id AS start, place.id AS end, practice.id AS member, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  reduce(all = [], one IN said | all + one.sources) AS sources, of.basis AS basis
