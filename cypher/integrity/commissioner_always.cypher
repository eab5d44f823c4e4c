// asks: which practices had no commissioner on a day of their life that the sources cover, and do not say why
// takes: limit: INTEGER
// gives: offender: STRING
// holds: a practice has a commissioner at every date of its life that the sources cover
//   (the sources know the last commissioner, so they cover a practice's life from the first one that they name)
OPTIONAL MATCH (scope:Scope {about: 'COMMISSIONED_BY'})
WITH scope.since AS since
WHERE since IS NOT NULL
MATCH (p:GPPractice|GPPracticeEnded|GPPracticePlanned)
WHERE (p.validTo IS NULL OR p.validTo > since)
  AND none(absence IN coalesce(p.absences, []) WHERE absence STARTS WITH 'commissioner|')
OPTIONAL MATCH (p)-[c:COMMISSIONED_BY|COMMISSIONED_BY_ENDED|COMMISSIONED_BY_PLANNED]->()
WITH p, since, collect(c) AS held
OPTIONAL MATCH (p)-[g:COMMISSIONED_BY_GROUP|COMMISSIONED_BY_GROUP_ENDED|COMMISSIONED_BY_GROUP_PLANNED]->()
WITH p, since, held, held + collect(g) AS known
WITH p, since, held, coalesce(
    reduce(first = NULL, c IN known | CASE WHEN first IS NULL OR c.validFrom < first THEN c.validFrom ELSE first END),
    p.validFrom
  ) AS first
WITH p, held, CASE WHEN first > since THEN first ELSE since END AS begins
WHERE p.validTo IS NULL OR begins < p.validTo
UNWIND [begins]
  + [c IN held WHERE c.validTo > begins AND (p.validTo IS NULL OR c.validTo < p.validTo) | c.validTo] AS day
WITH p, held, day
WHERE none(c IN held WHERE c.validFrom <= day AND (c.validTo IS NULL OR day < c.validTo))
RETURN p.id + ' on ' + toString(day) AS offender
LIMIT $limit
