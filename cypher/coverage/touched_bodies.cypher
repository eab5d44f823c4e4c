// asks: which bodies a change can touch by where they lie, who commissions them and what they belong to: those that a
//   rule may cover (`ends`), those and the members of the networks among them (`covered`), and, where it is an area
//   that changed its place, the areas of which something may be said
// takes: touched: MAP
// gives: ends: LIST<STRING>, covered: LIST<STRING>, areas: LIST<STRING>
WITH $touched.GPPractice + $touched.NHSTrust + $touched.IntegratedCareBoard + $touched.SubICBLocation
    + $touched.LocalAuthority + $touched.PrimaryCareNetwork + [pair IN $touched.MEMBER_OF | pair[1]]
    + [pair IN $touched.LOCATED_IN + $touched.COMMISSIONED_BY + $touched.COMMISSIONED_BY_GROUP + $touched.LISTED_IN
      | pair[0]] AS bodies
WITH COLLECT {
    UNWIND bodies AS id
    RETURN id
    UNION
    UNWIND bodies AS id
    MATCH (:Entity {id: id})-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]->(network:Entity)
    RETURN network.id AS id
  } AS ends
WITH ends, COLLECT {
    UNWIND ends AS id
    RETURN id
    UNION
    UNWIND ends AS id
    MATCH (:Entity {id: id})<-[:MEMBER_OF|MEMBER_OF_ENDED|MEMBER_OF_PLANNED]-(member:Entity)
    RETURN member.id AS id
  } AS covered, COLLECT {
    UNWIND reduce(all = [], pair IN $touched.WITHIN + $touched.SUB_ICB_OF | all + pair)
      + [pair IN $touched.AUTHORITY_IN | pair[0]] AS id
    RETURN id
    UNION
    UNWIND $touched.AUTHORITY_IN AS pair
    MATCH (:Entity {id: pair[0]})-[:WITHIN|WITHIN_ENDED|WITHIN_PLANNED]->(area:Entity)
    RETURN area.id AS id
  } AS areas
RETURN ends, covered, areas
