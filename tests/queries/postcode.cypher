// $p1 = "2026-11-24"
// $p2 = {"code": "TS18 1HU", "outward": "TS18", "area": "TS", "country": null}
// $p28Limit = 1
MATCH (graph:Graph)
CALL () {
  CALL () {
  OPTIONAL MATCH (directory:Source {series: 'ons_postcode_directory'} WHERE directory.postcodes > 0
    AND NOT EXISTS { MATCH (later:ChangeSet WHERE later.source = directory.code AND later.sequence > null) })
  WITH directory
  ORDER BY directory.asAt DESC
  LIMIT 1
  OPTIONAL MATCH (listed:Postcode {code: $p2.code} WHERE directory IS NOT NULL)
  RETURN directory, listed
}
CALL (listed) {
  UNWIND CASE WHEN listed.district IS NULL THEN [1] ELSE [] END AS unlisted
  MATCH (body:GPPractice|GPPracticeEnded|NHSTrust|NHSTrustEnded|PrimaryCareNetwork|PrimaryCareNetworkEnded
      WHERE body.postcode STARTS WITH $p2.outward + ' ' AND body.location IS NOT NULL)
    -[lies:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->(authority:Entity)
  WITH body, authority, head(collect(lies)) AS lies
  ORDER BY body.id, authority.id
  RETURN collect({body: body, authority: authority, sources: lies.sources}) AS near
}
WITH directory, listed, near, [one IN near WHERE one.body.postcode = $p2.code] AS same
WITH directory, listed,
  CASE
    WHEN listed.district IS NOT NULL THEN 'DIRECTORY'
    WHEN same <> [] THEN 'SAME_POSTCODE'
    WHEN near <> [] THEN 'OUTWARD_CODE'
  END AS basis,
  CASE WHEN same <> [] THEN same ELSE near END AS used
CALL (listed) {
  OPTIONAL MATCH (:Identifier {id: 'ONS:' + listed.district})
    <-[:HAS_IDENTIFIER|HAS_IDENTIFIER_ENDED|HAS_IDENTIFIER_PLANNED]-(authority:Entity)
  WITH DISTINCT authority
  WHERE authority IS NOT NULL
  RETURN collect({authority: authority, share: 1.0}) AS exact
}
CALL (used) {
  UNWIND used AS one
  WITH one.authority AS authority, count(*) AS bodies
  RETURN collect({authority: authority, share: toFloat(bodies) / size(used)}) AS shared
}
CALL (used) {
  UNWIND used AS one
  WITH DISTINCT one.body.location AS location
  WITH collect(location) AS locations, avg(location.latitude) AS latitude, avg(location.longitude) AS longitude
  RETURN locations, CASE WHEN latitude IS NOT NULL THEN point({latitude: latitude, longitude: longitude}) END AS middle
}
CALL (used) {
  UNWIND used AS one
  UNWIND one.sources AS source
  RETURN collect(DISTINCT source) AS cited
}
WITH directory, listed, basis, size(used) AS bodies, coalesce(listed.location, middle) AS here,
  CASE basis WHEN 'OUTWARD_CODE'
    THEN reduce(far = 0.0, one IN locations | CASE
      WHEN point.distance(one, middle) > far THEN point.distance(one, middle)
      ELSE far
    END)
  END AS reach,
  CASE basis WHEN 'DIRECTORY' THEN exact ELSE shared END AS areas,
  CASE basis WHEN 'DIRECTORY' THEN [directory.code] ELSE cited END AS sources WITH {code: $p2.code, basis: basis, here: here, areas: areas, sources: sources, note: CASE WHEN basis = 'DIRECTORY' AND areas = [] THEN 'The postcode directory places it outside England.' WHEN basis = 'DIRECTORY' THEN 'Its district and its place are those that the postcode directory gives it.' WHEN basis = 'SAME_POSTCODE' THEN 'Its district and its place are those of what has this postcode (' + toString(bodies) + ' of the practices, trusts and networks that are held).' WHEN basis = 'OUTWARD_CODE' THEN 'Nothing that is held has this postcode. The districts are those of the ' + toString(bodies) + ' practices, trusts and networks with ' + $p2.outward + ', with shares of these; it may lie in another. The point is the middle of them.' WHEN listed IS NOT NULL THEN 'The postcode directory has it and gives it no place.' WHEN $p2.country IS NOT NULL THEN 'Postcodes with these first letters lie in ' + $p2.country + '.' ELSE 'Nothing that is held has this postcode or its first half.' END, precision: CASE WHEN basis = 'OUTWARD_CODE' THEN round(reach / 1000, 1) END, country: CASE left(listed.district, 1) WHEN 'E' THEN 'England' WHEN 'S' THEN 'Scotland' WHEN 'W' THEN 'Wales' WHEN 'N' THEN 'Northern Ireland' WHEN 'L' THEN 'the Channel Islands' WHEN 'M' THEN 'the Isle of Man' ELSE CASE WHEN basis = 'SAME_POSTCODE' THEN 'England' ELSE $p2.country END END, absences: CASE WHEN areas <> [] AND basis <> 'OUTWARD_CODE' THEN [] WHEN NOT coalesce(CASE left(listed.district, 1) WHEN 'E' THEN 'England' WHEN 'S' THEN 'Scotland' WHEN 'W' THEN 'Wales' WHEN 'N' THEN 'Northern Ireland' WHEN 'L' THEN 'the Channel Islands' WHEN 'M' THEN 'the Isle of Man' ELSE CASE WHEN basis = 'SAME_POSTCODE' THEN 'England' ELSE $p2.country END END = 'England', true) THEN [['localAuthorities', 'NOT_APPLICABLE', null, 'It lies in ' + CASE left(listed.district, 1) WHEN 'E' THEN 'England' WHEN 'S' THEN 'Scotland' WHEN 'W' THEN 'Wales' WHEN 'N' THEN 'Northern Ireland' WHEN 'L' THEN 'the Channel Islands' WHEN 'M' THEN 'the Isle of Man' ELSE CASE WHEN basis = 'SAME_POSTCODE' THEN 'England' ELSE $p2.country END END + ': what is held is of England.']] WHEN $p2.area IS NULL THEN [['localAuthorities', 'NONE_EXISTS', null, 'No postcode begins with these letters: check them.']] ELSE [['localAuthorities', CASE WHEN listed IS NULL AND $p1 <= directory.asAt THEN 'NONE_EXISTS' ELSE 'NOT_PUBLISHED' END, null, CASE WHEN directory IS NULL THEN 'A postcode directory: `icsgraph seed postcodes` loads that of the ONS.' WHEN listed IS NOT NULL THEN 'The postcode directory has it, and places it nowhere.' ELSE 'A newer postcode directory: that of ' + toString(directory.asAt) + ' does not have it.' END]] END + [area IN areas WHERE NOT (area.authority.validFrom <= $p1 AND coalesce($p1 < area.authority.validTo, true)) | ['localAuthorities', CASE WHEN $p1 < area.authority.validFrom AND area.authority.validFromPrecision = 'NO_LATER_THAN' THEN 'BEFORE_SOURCES' ELSE 'NONE_EXISTS' END, area.authority.validFrom, area.authority.name + ', in which it lies, is not in force at the date.']]} AS i3
  CALL (i3) { UNWIND i3.areas AS area WITH area.authority AS authority, area.share AS share MATCH (authority)-[lies:AUTHORITY_IN]->(board:Entity)-[of:BOARD_OF]->(system:Entity) WHERE true AND true WITH system, sum(share * lies.share) AS share WITH {system: system, share: share} AS i14 WITH * ORDER BY i14.share DESC, i14.system.id RETURN collect(i14) AS l15 }
  CALL (i3) { MATCH (practice:GPPractice) WHERE point.distance(practice.location, i3.here) <= 25000 AND true MATCH (practice)-[member:MEMBER_OF]->(network:Entity) WHERE true WITH practice, network, point.distance(practice.location, i3.here) AS metres ORDER BY metres, practice.id WITH network, head(collect(practice)) AS practice, min(metres) AS metres ORDER BY metres, network.id LIMIT 10 WITH {network: network, practice: practice, metres: metres} AS i21 WITH * ORDER BY i21.metres, i21.network.id RETURN collect(i21) AS l22 }
  WITH [i3.code, i3.basis, i3.note, COLLECT { UNWIND i3.areas AS area WITH area.authority AS authority, area.share AS share WHERE authority.validFrom <= $p1 AND (authority.validTo IS NULL OR authority.validTo > $p1) WITH {authority: authority, share: share} AS i7 RETURN [round(i7.share, 4), COLLECT { UNWIND [i7.authority] AS n9 WITH n9 WHERE n9 IS NOT NULL RETURN [n9.code] }] ORDER BY i7.share DESC, i7.authority.id }, COLLECT { UNWIND l15 AS i12 RETURN [round(i12.share, 4), COLLECT { UNWIND [i12.system] AS n16 WITH n16 WHERE n16 IS NOT NULL RETURN [n16.code] }] }, COLLECT { UNWIND l22 AS i19 RETURN [round(i19.metres / 1000, 1), COLLECT { UNWIND [i19.network] AS n23 WITH n23 WHERE n23 IS NOT NULL RETURN [n23.code, COLLECT { MATCH (n23)<-[r27:COVERS]-(n26)
    WITH *, n26.code + ' ' + coalesce(r27.key, '') AS o33 ORDER BY o33 LIMIT $p28Limit RETURN [n26.code] }] }] }, i3.absences + COLLECT { UNWIND [['AUTHORITY_IN', 'systems'], ['MEMBER_OF', 'candidates']] AS i34 MATCH (i35:Scope {about: i34[0]}) WHERE $p1 < i35.since RETURN [i34[1], i35.reasonBefore, i35.since, i35.settles] }] AS o6 RETURN collect(o6) AS l5
}
RETURN [graph.sequence, toString(graph.since), toString(graph.until),
  l5] AS row
