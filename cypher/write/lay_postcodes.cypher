// asks: that these postcodes lie where the postcode directory has them: each row is code, district, latitude and
//   longitude, of which all but the code may be null
// takes: rows: LIST<LIST<ANY>>
// gives: count: INTEGER
// writes: Postcode
UNWIND $rows AS row
MERGE (p:Postcode {code: row[0]})
SET p.district = row[1],
  p.location = CASE WHEN row[2] IS NOT NULL THEN point({latitude: row[2], longitude: row[3]}) END
RETURN count(*) AS count
