// part: derive
// asks: which trusts a knowledge service covers because they host it. In plain words: a knowledge and library service
//   is the library of the trust that runs it, and serves the trust's own staff for as long as the trust hosts it.
//   Basis: the NHS Education Contract has providers make such a service available to all staff and learners
//   (library.nhs.uk/kls-welcome-pack-introduction/further-information-and-reading). A host that is no trust, a
//   university or a council, is not covered by this rule. Nothing passes to a successor unless a source names it as
//   host. Hosting does not go stale: the list that names it was read as a whole, and says which services are past.
// takes: starts: LIST<STRING>
// gives: start: STRING, end: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>, group: STRING, terms: STRING, extent: STRING, url: STRING
// rule: HOST
// reads: KnowledgeService, HOSTED_BY, NHSTrust
// writes: COVERS
CALL () {
  // here: coverage/services
}
MATCH (service)-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]->
  (trust:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
WITH service, trust, hosted, [hosted, service, trust] AS links
WITH service, trust, hosted,
  reduce(late = null, link IN links |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN links |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
RETURN service.id AS start, trust.id AS end, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  hosted.sources AS sources, 'own_staff' AS group, 'UNKNOWN' AS terms, 'WHOLE' AS extent, service.url AS url

// part: touched
// asks: which services a change can touch through the trusts that host them
// takes: touched: MAP
// gives: starts: LIST<STRING>
// reads: KnowledgeService, HOSTED_BY, NHSTrust
CALL () {
  UNWIND $touched.KnowledgeService + [pair IN $touched.HOSTED_BY | pair[0]] AS id
  RETURN id AS start
  UNION
  UNWIND $touched.NHSTrust AS id
  MATCH (:Entity {id: id})<-[:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]-(service:Entity)
  RETURN service.id AS start
}
RETURN collect(start) AS starts

// part: explain
// asks: which knowledge services one subject hosts on a day, and which it or a body before it hosted at another time
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>
// rule: HOST
MATCH (subject:Entity {id: $subject})
CALL (subject) {
  CALL (subject) {
    MATCH (subject:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
      <-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]-(service:Entity)
    WITH subject, service, collect(hosted) AS stays
    // Of several stays the last that began by the day, else one that is to come.
    WITH subject, service, coalesce(
        reduce(late = null, one IN [stay IN stays WHERE stay.validFrom <= $asOf] |
          CASE WHEN late.validFrom >= one.validFrom THEN late ELSE one END),
        stays[0]
      ) AS hosted
    RETURN service, CASE
        WHEN service.validTo <= $asOf THEN 'SERVICE_ENDED'
        WHEN hosted.validTo <= $asOf OR subject.validTo <= $asOf THEN 'ENDED'
        WHEN $asOf < hosted.validFrom THEN 'NOT_YET'
        ELSE 'APPLIES'
      END AS verdict, hosted, null AS predecessor
    UNION ALL
    MATCH (subject)<-[succeeded:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]-(predecessor:Entity)
      <-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]-(service:Entity)
    WHERE succeeded.validFrom <= $asOf AND coalesce($asOf < service.validTo, true)
      AND NOT EXISTS { (service)-[:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]->(subject) }
    RETURN DISTINCT service, 'SUCCESSOR' AS verdict, hosted, predecessor
  }
  RETURN collect({service: service, verdict: verdict, hosted: hosted, predecessor: predecessor}) AS rows
}
WITH subject, rows, split(subject.id, ':')[0] AS concept
UNWIND CASE WHEN rows = [] THEN [{
    verdict: CASE
      WHEN concept <> 'NHSTrust' THEN 'NO_TRUST'
      WHEN $asOf < subject.validFrom AND subject.validFromPrecision IN ['DAY', 'MONTH', 'YEAR'] THEN 'NOT_BEGUN'
      WHEN $asOf < subject.validFrom THEN 'NOT_KNOWN'
      WHEN subject.validTo <= $asOf THEN 'OVER'
      ELSE 'SILENCE'
    END
  }] ELSE rows END AS row
RETURN 'HOST' AS rule,
  CASE
    WHEN row.verdict = 'APPLIES' THEN 'APPLIES'
    WHEN row.verdict IN ['NOT_YET', 'SUCCESSOR', 'NOT_KNOWN'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, CASE WHEN row.service IS NOT NULL THEN 'own_staff' END AS group,
  CASE WHEN row.service IS NOT NULL THEN 'UNKNOWN' END AS terms,
  {
    SERVICE_ENDED: 'NONE_EXISTS', ENDED: 'NONE_EXISTS', NOT_YET: 'BEFORE_SOURCES', SUCCESSOR: 'NOT_PUBLISHED',
    NO_TRUST: 'NOT_APPLICABLE', NOT_BEGUN: 'NONE_EXISTS', NOT_KNOWN: 'BEFORE_SOURCES', OVER: 'NONE_EXISTS',
    SILENCE: 'NOT_PUBLISHED'
  }[row.verdict] AS reason,
  {
    SERVICE_ENDED: row.service.name + ', which it hosted, ended by ' + toString(row.service.validTo) + '.',
    ENDED: subject.name + ' hosted ' + row.service.name + ' until '
      + toString(coalesce(row.hosted.validTo, subject.validTo)) + '.',
    NOT_YET: 'That ' + subject.name + ' hosts ' + row.service.name + ' is known from '
      + toString(row.hosted.validFrom) + ' on; no source speaks of ' + toString($asOf) + '.',
    SUCCESSOR: row.service.name + ' was hosted by ' + row.predecessor.name + '; no source says that '
      + subject.name + ' hosts it since.',
    NO_TRUST: 'Hosting covers the staff of the trust that runs a service, and ' + subject.name + ' is no NHS trust.',
    NOT_BEGUN: subject.name + ' began on ' + toString(subject.validFrom) + '.',
    NOT_KNOWN: 'Sources know ' + subject.name + ' from ' + toString(subject.validFrom) + ' on.',
    OVER: subject.name + ' ended on ' + toString(subject.validTo) + '.',
    SILENCE: 'No source names a knowledge service that ' + subject.name + ' hosts.'
  }[row.verdict] AS missing,
  {
    SERVICE_ENDED: 'A source that says which service took over.',
    ENDED: 'Nothing: ask for the host that followed.',
    NOT_YET: 'A source of that time that names the host.',
    SUCCESSOR: 'A page of the service that names its host.',
    NO_TRUST: 'Nothing: another rule has to cover it.',
    NOT_BEGUN: 'Nothing: ask for its predecessor.',
    NOT_KNOWN: 'An older source.',
    OVER: 'Nothing: ask for its successor.',
    SILENCE: 'A page that names the library of this trust.'
  }[row.verdict] AS settles,
  null AS quote, row.service.url AS url, null AS evidenceDate,
  [one IN [row.service.id, row.predecessor.id, CASE WHEN row.service IS NOT NULL THEN subject.id END]
    WHERE one IS NOT NULL] AS path
