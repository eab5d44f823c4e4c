// asks: where a postcode lies: as the postcode directory has it where one is loaded; else by the practices, trusts and
//   networks with that postcode; else by those with its outward code, which lie near and no more. `reach` is how far
//   they lie from their middle, in metres, and `areas` are districts, each with its share of them. Where `known` is a
//   sequence, a directory serves that was there then and is the same since: of another nothing is left
// takes: code: STRING, outward: STRING, known: INTEGER
// gives: directory: NODE, listed: NODE, basis: STRING, bodies: INTEGER, here: POINT, reach: FLOAT, areas: LIST<MAP>,
//   sources: LIST<STRING>
CALL () {
  OPTIONAL MATCH (directory:Source {series: 'ons_postcode_directory'} WHERE directory.postcodes > 0
    AND NOT EXISTS { MATCH (later:ChangeSet WHERE later.source = directory.code AND later.sequence > $known) })
  WITH directory
  ORDER BY directory.asAt DESC
  LIMIT 1
  OPTIONAL MATCH (listed:Postcode {code: $code} WHERE directory IS NOT NULL)
  RETURN directory, listed
}
CALL (listed) {
  UNWIND CASE WHEN listed.district IS NULL THEN [1] ELSE [] END AS unlisted
  MATCH (body:GPPractice|GPPracticeEnded|NHSTrust|NHSTrustEnded|PrimaryCareNetwork|PrimaryCareNetworkEnded
      WHERE body.postcode STARTS WITH $outward + ' ' AND body.location IS NOT NULL)
    -[lies:LOCATED_IN|LOCATED_IN_ENDED|LOCATED_IN_PLANNED]->(authority:Entity)
  WITH body, authority, head(collect(lies)) AS lies
  ORDER BY body.id, authority.id
  RETURN collect({body: body, authority: authority, sources: lies.sources}) AS near
}
WITH directory, listed, near, [one IN near WHERE one.body.postcode = $code] AS same
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
  CASE basis WHEN 'DIRECTORY' THEN [directory.code] ELSE cited END AS sources
RETURN directory, listed, basis, bodies, here, reach, areas, sources
