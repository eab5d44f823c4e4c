// asks: which bodies are meant where something is said of a group of staff in an area, and over which links; of all of
//   them, or of those whose ids are in `covered`. Bodies that the statement names itself are in `areas`.
// takes: area: STRING, group: STRING, areas: LIST<STRING>, covered: LIST<STRING>
// gives: body: NODE, path: LIST<RELATIONSHIP>, extent: STRING
MATCH (area:Entity {id: $area}) WITH area, $group AS group, $areas AS areas
CALL (area, group, areas) {
  // A trust that is named.
  WITH area, group
  WHERE split(area.id, ':')[0] = 'NHSTrust'
    AND group IN ['own_staff', 'other_trust', 'community_trust', 'mental_health_trust', 'ambulance']
  RETURN area AS body, [] AS path, 'WHOLE' AS extent
  UNION ALL
  // Practices in a district, a unitary authority (which is one), or the districts of a county.
  WITH area, group
  WHERE group IN ['gp_practices', 'pcn_staff']
  MATCH (area)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED*0..1]-(:Entity)
    <-[located:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]-(practice:GPPractice|GPPracticeEnded|GPPracticePlanned)
  RETURN practice AS body, within + [located] AS path, 'WHOLE' AS extent
  UNION ALL
  // Practices that a commissioning group or a sub-ICB location commissions, or those of a board.
  WITH area, group
  WHERE group IN ['gp_practices', 'pcn_staff']
  MATCH (area)<-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED*0..1]-(:Entity)
    <-[commissioned:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED
      |COMMISSIONED_BY_GROUP|COMMISSIONED_BY_GROUP_ENDED|COMMISSIONED_BY_GROUP_PLANNED]-(practice:Entity)
  RETURN practice AS body, part + [commissioned] AS path, 'WHOLE' AS extent
  UNION ALL
  // A board, or a sub-ICB location, whose staff are named.
  WITH area, group
  WHERE group = 'icb_staff' AND split(area.id, ':')[0] IN ['IntegratedCareBoard', 'SubICBLocation']
  RETURN area AS body, [] AS path, 'WHOLE' AS extent
  UNION ALL
  // A board whose staff in one sub-ICB location are named: a part of it.
  WITH area, group, areas
  WHERE group = 'icb_staff'
  MATCH (area)-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]->(board:Entity)
  WHERE NOT board.id IN areas
  RETURN board AS body, [part] AS path, 'PART' AS extent
  UNION ALL
  // A board whose staff in a district or county are named.
  WITH area, group, areas
  WHERE group = 'icb_staff'
  MATCH (area)<-[within:WITHIN|WITHIN_ENDED|WITHIN_PLANNED*0..1]-(:Entity)
    -[lies:AUTHORITY_IN|AUTHORITY_IN_ENDED|AUTHORITY_IN_PLANNED]->(board:Entity)
  WHERE NOT board.id IN areas
  RETURN board AS body, within + [lies] AS path, 'PART' AS extent
  UNION ALL
  // Public health is a duty of the upper tier alone (National Health Service Act 2006, section 2B).
  WITH area, group
  WHERE group = 'public_health' AND area.isUpperTier
  RETURN area AS body, [] AS path, 'WHOLE' AS extent
}
WITH body, path, extent
WHERE $covered IS NULL OR body.id IN $covered
RETURN body, path, extent
