// part: derive
// asks: in which places a neighbourhood lies, and with what share of its practices. In plain words: a practice lies
//   in a place where the place takes in the whole of an authority and the practice's postcode lies in that authority.
//   Of a place that takes in a part of an authority nothing follows; whether the authority is stated by a page or
//   inferred from the place's name stands on the relationship.
// basis: none is published: which neighbourhoods a place has no list says, so it follows from the network's
//   practices, and says so
// takes: starts: LIST<STRING>
// gives: start: STRING, end: STRING, member: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>, basis: STRING
// rule: NEIGHBOURHOOD_PLACE
// reads: Neighbourhood, NEIGHBOURHOOD_OF, MEMBER_OF, LOCATED_IN, LISTED_IN, WITHIN, PLACE_AUTHORITY, Place
// writes: NEIGHBOURHOOD_IN
// composes: start
// members: derive/neighbourhood_members
CALL () {
  WITH $starts AS ids
  WHERE ids IS NULL
  MATCH (hood:Neighbourhood|NeighbourhoodEnded|NeighbourhoodPlanned)
  RETURN hood
  UNION ALL
  UNWIND $starts AS id
  MATCH (hood:Entity {id: id})
  RETURN hood
}
MATCH (hood)-[serves:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]->(network:Entity)
MATCH (network)<-[member:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(practice:Entity)
  -[lies:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->(district:Entity)
MATCH (district)-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED*0..1]->(:Entity)
  <-[of:PLACE_AUTHORITY|PLACE_AUTHORITY_ENDED|PLACE_AUTHORITY_PLANNED]-(place:Entity)
WHERE of.coverage = 'WHOLE'
WITH hood, serves, member, practice, of, place, within + [lies] AS links
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

// part: touched
// asks: which neighbourhoods a change can touch by the practices of their networks
// takes: touched: MAP
// gives: starts: LIST<STRING>
// reads: Neighbourhood, NEIGHBOURHOOD_OF, MEMBER_OF, LOCATED_IN, LISTED_IN
CALL () {
  UNWIND $touched.Neighbourhood + [pair IN $touched.NEIGHBOURHOOD_OF | pair[0]] AS id
  RETURN id AS start
  UNION
  CALL () {
    UNWIND $touched.MEMBER_OF AS pair
    MATCH (network:Entity {id: pair[1]})
    RETURN network
    UNION
    UNWIND $touched.LOCATED_IN + $touched.LISTED_IN AS pair
    MATCH (:Entity {id: pair[0]})-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(network:Entity)
    RETURN network
  }
  MATCH (network)<-[:NEIGHBOURHOOD_OF|NEIGHBOURHOOD_OF_ENDED|NEIGHBOURHOOD_OF_PLANNED]-(hood:Entity)
  RETURN hood.id AS start
}
RETURN collect(start) AS starts
