// part: derive
// asks: which trusts a knowledge service covers because they host it. In plain words: a knowledge and library service
//   is the library of the trust that runs it, and serves the trust's own staff for as long as the trust hosts it.
//   When a trust that hosts a service ends and has one successor by the Organisation Data Service, the successor
//   takes over on the day of the succession, and so on from trust to trust, until a source names a host; the coverage
//   then says that it is by succession. Of several successors none is taken for the host. A host that is no trust, a
//   university or a council, is not covered by this rule. Hosting does not go stale: the list that names it was read
//   as a whole, and says which services are past.
// basis: the NHS Education Contract has providers make a knowledge and library service available to all staff and
//   learners (library.nhs.uk/kls-welcome-pack-introduction/further-information-and-reading); the predecessors and
//   successors that the Organisation Data Service publishes (digital.nhs.uk/services/organisation-data-service)
// takes: starts: LIST<STRING>
// gives: start: STRING, end: STRING, key: STRING, validFrom: DATE, validFromPrecision: STRING, validTo: DATE,
//   validToPrecision: STRING, sources: LIST<STRING>, group: STRING, terms: STRING, extent: STRING, url: STRING,
//   basis: STRING, via: LIST<STRING>
// rule: HOST
// reads: KnowledgeService, HOSTED_BY, NHSTrust, SUCCEEDED_BY
// writes: COVERS
CALL () {
  // here: coverage/services
}
MATCH (service)-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]->(host:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
CALL (service, hosted, host) {
  RETURN host AS trust, [hosted] AS links, null AS key, null AS basis, null AS via, hosted.sources AS sources
  UNION ALL
  // The trust ended and was the host to its end, as was each that followed; one successor each.
  MATCH way = (host)-[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]->
    (trust:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
  WHERE hosted.validTo = host.validTo
    AND all(one IN nodes(way)[..-1] WHERE one.validTo IS NOT NULL
      AND size([(one)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->
        (heir:NHSTrust|NHSTrustEnded|NHSTrustPlanned) | heir]) = 1)
  // A source that names a host for a later time, or another for the same time, is believed.
  WITH service, hosted, host, trust, steps, nodes(way)[..-1] AS before, COLLECT {
      MATCH (service)-[other:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]->(:Entity)
      WHERE other <> hosted AND coalesce(other.validTo > hosted.validTo, true)
      RETURN other ORDER BY other.validFrom LIMIT 1
    }[0] AS named
  WHERE named IS NULL OR named.validFrom >= hosted.validTo
  RETURN trust, steps + [one IN before | {validFrom: one.validTo, validFromPrecision: one.validToPrecision}]
      + CASE
        WHEN named IS NULL THEN []
        ELSE [{
            validFrom: hosted.validFrom, validFromPrecision: hosted.validFromPrecision,
            validTo: named.validFrom, validToPrecision: named.validFromPrecision
          }]
      END AS links,
    host.code AS key, 'by succession' AS basis, [one IN before | one.id] AS via,
    reduce(all = hosted.sources, step IN steps | all + step.sources) AS sources
}
WITH service, trust, key, basis, via, sources, links + [service, trust] AS links
WITH service, trust, key, basis, via, sources,
  reduce(late = null, link IN links |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN links |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
RETURN service.id AS start, trust.id AS end, key, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  sources, 'own_staff' AS group, 'UNKNOWN' AS terms, 'WHOLE' AS extent, service.url AS url, basis, via

// part: touched
// asks: which services a change can touch through the trusts that host them, and those that came before them
// takes: touched: MAP
// gives: starts: LIST<STRING>
// reads: KnowledgeService, HOSTED_BY, NHSTrust, SUCCEEDED_BY
CALL () {
  UNWIND $touched.KnowledgeService + [pair IN $touched.HOSTED_BY | pair[0]] AS id
  RETURN id AS start
  UNION
  UNWIND $touched.NHSTrust + [pair IN $touched.SUCCEEDED_BY | pair[0]] AS id
  MATCH (:Entity {id: id})<-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*0..6]-(:Entity)
    <-[:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]-(service:Entity)
  RETURN service.id AS start
}
RETURN collect(DISTINCT start) AS starts

// part: explain
// asks: which knowledge services one subject hosts on a day, and which it or a body before it hosted at another time
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
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
      END AS verdict, hosted, [] AS before, null AS heirs
    UNION ALL
    // What it may have from those before it, from the last of them back to the one that a source names as host.
    MATCH way = (subject)<-[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]-(:Entity)
    WHERE all(step IN steps WHERE step.validFrom <= $asOf)
      AND subject.validFrom <= $asOf AND coalesce($asOf < subject.validTo, true)
    WITH nodes(way)[1..] AS before
    WITH before, before[-1] AS host
    MATCH (host:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
      <-[hosted:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]-(service:Entity)
    WHERE hosted.validTo <= $asOf AND service.validFrom <= $asOf AND coalesce($asOf < service.validTo, true)
    WITH before, host, hosted, service, COLLECT {
        MATCH (service)-[other:HOSTED_BY|HOSTED_BY_ENDED|HOSTED_BY_PLANNED]->(:Entity)
        WHERE other <> hosted AND coalesce(other.validTo > hosted.validTo, true)
        RETURN other ORDER BY other.validFrom LIMIT 1
      }[0] AS named,
      [one IN before | COLLECT {
        MATCH (one)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->
          (heir:NHSTrust|NHSTrustEnded|NHSTrustPlanned)
        RETURN heir.name ORDER BY heir.name
      }] AS heirs
    WITH before, host, hosted, service, named, [names IN heirs WHERE size(names) > 1][0] AS heirs
    RETURN service, CASE
        WHEN named.validFrom < hosted.validTo OR named.validFrom <= $asOf THEN 'NAMED'
        WHEN heirs IS NOT NULL THEN 'DIVIDED'
        WHEN hosted.validTo = host.validTo AND all(one IN before WHERE one.validTo <= $asOf) THEN 'APPLIES'
        ELSE 'SUCCESSOR'
      END AS verdict, hosted, before, heirs
  }
  WITH collect({service: service, verdict: verdict, hosted: hosted, before: before, heirs: heirs}) AS rows
  // Of one service what applies is told alone, and else what a source says of the subject itself.
  RETURN [row IN rows WHERE row.verdict = 'APPLIES' OR none(other IN rows WHERE other.service = row.service
    AND (other.verdict = 'APPLIES' OR row.before <> [] AND other.before = []))] AS rows
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
    WHEN row.verdict IN ['NOT_YET', 'SUCCESSOR', 'DIVIDED', 'NOT_KNOWN'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, CASE WHEN row.service IS NOT NULL THEN 'own_staff' END AS group,
  CASE WHEN row.service IS NOT NULL THEN 'UNKNOWN' END AS terms,
  {
    SERVICE_ENDED: 'NONE_EXISTS', ENDED: 'NONE_EXISTS', NOT_YET: 'BEFORE_SOURCES', SUCCESSOR: 'NOT_PUBLISHED',
    NAMED: 'NONE_EXISTS', DIVIDED: 'NOT_PUBLISHED',
    NO_TRUST: 'NOT_APPLICABLE', NOT_BEGUN: 'NONE_EXISTS', NOT_KNOWN: 'BEFORE_SOURCES', OVER: 'NONE_EXISTS',
    SILENCE: 'NOT_PUBLISHED'
  }[row.verdict] AS reason,
  {
    SERVICE_ENDED: row.service.name + ', which it hosted, ended by ' + toString(row.service.validTo) + '.',
    ENDED: subject.name + ' hosted ' + row.service.name + ' until '
      + toString(coalesce(row.hosted.validTo, subject.validTo)) + '.',
    NOT_YET: 'That ' + subject.name + ' hosts ' + row.service.name + ' is known from '
      + toString(row.hosted.validFrom) + ' on; no source speaks of ' + toString($asOf) + '.',
    SUCCESSOR: row.service.name + ' was hosted by ' + row.before[-1].name + '; no source says that '
      + subject.name + ' hosts it since.',
    NAMED: subject.name + ' follows ' + row.before[-1].name + ', which hosted ' + row.service.name
      + '; a source names another host since.',
    DIVIDED: row.service.name + ' was hosted by ' + row.before[-1].name + ', and what that was went to '
      + reduce(text = row.heirs[0], name IN row.heirs[1..-1] | text + ', ' + name) + ' and ' + row.heirs[-1]
      + '; no source says which of them hosts it since.',
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
    NAMED: 'Nothing: ask for the host that is named.',
    DIVIDED: 'A page of the service that names its host, or the word of one of these trusts.',
    NO_TRUST: 'Nothing: another rule has to cover it.',
    NOT_BEGUN: 'Nothing: ask for its predecessor.',
    NOT_KNOWN: 'An older source.',
    OVER: 'Nothing: ask for its successor.',
    SILENCE: 'A page that names the library of this trust.'
  }[row.verdict] AS settles,
  null AS quote, row.service.url AS url, null AS evidenceDate,
  CASE WHEN row.service IS NULL THEN []
    ELSE [row.service.id] + [one IN reverse(row.before) | one.id] + [subject.id] END AS path,
  CASE WHEN row.verdict = 'APPLIES' AND row.before <> [] THEN 'by succession' END AS basis
