// part: held
// asks: how far the loading of a postcode directory came, and how many postcodes are held
// takes: nothing
// gives: sha256: STRING, files: LIST<STRING>, count: INTEGER
OPTIONAL MATCH (l:PostcodeLoad {key: 'postcodes'})
RETURN l.sha256 AS sha256, coalesce(l.files, []) AS files, COUNT { (:Postcode) } AS count

// part: note
// asks: that the files of a directory that are loaded whole are known, so that a load that was stopped goes on
// takes: sha256: STRING, files: LIST<STRING>
// gives: count: INTEGER
// writes: PostcodeLoad
MERGE (l:PostcodeLoad {key: 'postcodes'})
SET l.sha256 = $sha256, l.files = $files
RETURN count(*) AS count

// part: forget
// asks: that no loading is known of
// takes: nothing
// gives: count: INTEGER
// writes: PostcodeLoad
MATCH (l:PostcodeLoad)
DELETE l
RETURN count(*) AS count

// part: directories
// asks: which postcode directories are said to be loaded
// takes: nothing
// gives: source: MAP
MATCH (s:Source {series: 'ons_postcode_directory'} WHERE s.postcodes > 0)
RETURN s {.*} AS source
