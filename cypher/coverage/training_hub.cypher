// part: derive
// asks: whom a knowledge service covers through a knowledge specialist in a primary care training hub. In plain
//   words: while a post is funded in the hub of a system or place, the practices of its area are covered by the
//   service that the post belongs to: those that are commissioned there or lie there, and networks by their
//   practices. Not counted: a hub of which no post is known, the time after the funding, evidence older than the
//   years set for the graph (ten).
// basis: the pilot of embedded knowledge specialists of 2021 to 2023 and its evaluation
//   (library.nhs.uk/primary-care-knowledge-specialists-pilot-evaluation)
// takes: starts: LIST<STRING>, covered: LIST<STRING>
// gives: start: STRING, end: STRING, member: STRING, key: STRING, validFrom: DATE, validFromPrecision: STRING,
//   validTo: DATE, validToPrecision: STRING, sources: LIST<STRING>, group: STRING, terms: STRING, extent: STRING,
//   quote: STRING, url: STRING, evidenceDate: DATE, via: LIST<STRING>
// rule: TRAINING_HUB
// reads: POST_WITH, POST_IN, POST_SERVES, KnowledgeSpecialistPost, TrainingHub, LISTED_IN, LOCATED_IN, WITHIN,
//   COMMISSIONED_BY, COMMISSIONED_BY_GROUP, SUB_ICB_OF, MEMBER_OF, KnowledgeService, LocalAuthority,
//   IntegratedCareBoard, SubICBLocation, ClinicalCommissioningGroup, GPPractice, PrimaryCareNetwork
// writes: COVERS
// composes: end
// members: derive/placed_members
CALL () {
  // here: coverage/services
}
CALL () {
  // here: coverage/years
}
MATCH (service)<-[belongs:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]-(post:Entity)
MATCH (post)-[placed:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]->(hub:Entity)
MATCH (post)-[about:POST_SERVES|POST_SERVES_ENDED|POST_SERVES_PLANNED]->(area:Entity)
WITH service, years, belongs, post, placed, hub, about, area, 'gp_practices' AS group, [] AS areas
CALL (area, group, areas) {
  // here: coverage/reach
}
// Evidence speaks for some years; an undated page from the day it was read.
WITH service, post, hub, group, body, [{
    validFrom: post.validFrom, validFromPrecision: post.validFromPrecision,
    validTo: coalesce(post.evidenceDate, post.validFrom) + duration({years: years}),
    validToPrecision: coalesce(post.evidenceDatePrecision, 'DAY')
  }, belongs, placed, about, service, post, hub, body] + path AS links
WITH service, post, hub, group, body, links,
  reduce(late = null, link IN links |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN links |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
WHERE ends IS NULL OR starts.validFrom < ends.validTo
WITH service, post, hub, group, body, starts, ends,
  reduce(all = [], link IN links | all + coalesce(link.sources, [])) AS sources
CALL (body) {
  // here: coverage/employers
}
RETURN service.id AS start, end.id AS end, member, post.code AS key, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  sources, group, 'UNKNOWN' AS terms, CASE WHEN member IS NULL THEN 'WHOLE' END AS extent,
  post.quote AS quote, post.url AS url, post.evidenceDate AS evidenceDate, [post.id, hub.id] AS via

// part: touched
// asks: which services a change can touch through the posts that belong to them, and which bodies
// takes: touched: MAP
// gives: starts: LIST<STRING>, ends: LIST<STRING>, covered: LIST<STRING>
// reads: KnowledgeService, KnowledgeSpecialistPost, TrainingHub, POST_WITH, POST_IN, POST_SERVES, LISTED_IN,
//   LOCATED_IN, WITHIN, COMMISSIONED_BY, COMMISSIONED_BY_GROUP, SUB_ICB_OF, MEMBER_OF, LocalAuthority,
//   IntegratedCareBoard, SubICBLocation, ClinicalCommissioningGroup, GPPractice, PrimaryCareNetwork
// after: coverage/touched_bodies
WITH ends, covered, COLLECT {
  UNWIND $touched.KnowledgeService + [pair IN $touched.POST_WITH | pair[1]] AS id
  RETURN id AS start
  UNION
  UNWIND $touched.KnowledgeSpecialistPost + [pair IN $touched.POST_IN + $touched.POST_SERVES | pair[0]] AS id
  MATCH (:Entity {id: id})-[:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]->(service:Entity)
  RETURN service.id AS start
  UNION
  UNWIND $touched.TrainingHub AS id
  MATCH (:Entity {id: id})<-[:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]-(:Entity)
    -[:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]->(service:Entity)
  RETURN service.id AS start
  UNION
  UNWIND areas AS id
  MATCH (:Entity {id: id})<-[:POST_SERVES|POST_SERVES_ENDED|POST_SERVES_PLANNED]-(:Entity)
    -[:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]->(service:Entity)
  RETURN service.id AS start
} AS starts
RETURN starts, ends, covered

// part: explain
// asks: what training hubs have to do with one subject on a day: which knowledge specialist covers it, which did or
//   will, and of which hubs of its system nothing is known
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
// rule: TRAINING_HUB
// after: coverage/places
WITH subject, years, coalesce('gp_practices' IN groups, false) AS isPrimaryCare,
  [one IN places WHERE one.reading = 'MEANT'] AS meant
CALL (subject, isPrimaryCare, meant, years) {
  CALL (subject, isPrimaryCare, meant, years) {
    // The posts that serve an area in which it lies, or the group that commissioned it before July 2022.
    UNWIND meant AS one
    WITH subject, one.place AS place, one.between AS between
    WHERE isPrimaryCare
    MATCH (place)<-[about:POST_SERVES|POST_SERVES_ENDED|POST_SERVES_PLANNED]-(post:Entity)
      -[belongs:POST_WITH|POST_WITH_ENDED|POST_WITH_PLANNED]->(service:Entity)
    MATCH (post)-[placed:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]->(hub:Entity)
    WITH subject, place, between, post, service, hub, [about, post, belongs, placed, service, hub] AS links,
      coalesce(post.evidenceDate, post.validFrom) + duration({years: years}) AS stale
    WITH subject, place, between, post, service, hub, stale,
      reduce(day = null, link IN links | CASE WHEN day > link.validFrom THEN day ELSE link.validFrom END) AS begins,
      reduce(day = null, link IN links | CASE WHEN link.validTo >= day THEN day ELSE coalesce(link.validTo, day) END)
        AS closes
    WITH subject, place, between, post, service, hub, CASE
        WHEN stale <= $asOf AND coalesce(stale <= closes, true) THEN 'STALE'
        WHEN closes <= $asOf THEN 'ENDED'
        WHEN $asOf < begins THEN 'NOT_YET'
        ELSE 'APPLIES'
      END AS verdict
    // Of several areas of one post the one that decides.
    ORDER BY verdict <> 'APPLIES', verdict, place.id
    WITH subject, post, service, hub, collect({place: place, between: between, verdict: verdict})[0] AS first
    RETURN service, hub, post, first.verdict AS verdict,
      [service.id, post.id, hub.id, first.place.id] + first.between + [subject.id] AS path
    UNION ALL
    // Hubs of its system, and of those that its system followed, whose posts serve others or are not known.
    WITH subject, meant
    WHERE isPrimaryCare
    UNWIND [one IN meant WHERE split(one.place.id, ':')[0] = 'IntegratedCareBoard' | one.place] AS board
    MATCH (board)<-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*0..1]-(:Entity)
      -[:BOARD_OF|BOARD_OF_ENDED|BOARD_OF_PLANNED]->(:Entity)<-[of:HUB_OF|HUB_OF_ENDED|HUB_OF_PLANNED]-(hub:Entity)
    WITH DISTINCT subject, hub, [one IN meant | one.place] AS areas
    OPTIONAL MATCH (hub)<-[:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]-(post:Entity)
    WHERE NOT EXISTS {
      MATCH (post)-[:POST_SERVES|POST_SERVES_ENDED|POST_SERVES_PLANNED]->(area:Entity) WHERE area IN areas
    }
    WITH subject, hub, post
    WHERE post IS NOT NULL OR NOT EXISTS { (hub)<-[:POST_IN|POST_IN_ENDED|POST_IN_PLANNED]-(:Entity) }
    RETURN null AS service, hub, post, CASE WHEN post IS NULL THEN 'NO_POST' ELSE 'ELSEWHERE' END AS verdict,
      [one IN [post.id, hub.id, subject.id] WHERE one IS NOT NULL] AS path
  }
  WITH service, hub, post, verdict, path ORDER BY verdict <> 'APPLIES', hub.id
  RETURN collect({service: service, hub: hub, post: post, verdict: verdict, path: path}) AS rows
}
WITH subject, years, isPrimaryCare, rows, [one IN meant | one.place.name] AS names
UNWIND CASE WHEN rows = [] THEN [{path: [], verdict: CASE
    WHEN NOT isPrimaryCare THEN 'NO_SUBJECT'
    WHEN $asOf < subject.validFrom AND subject.validFromPrecision IN ['DAY', 'MONTH', 'YEAR'] THEN 'NOT_BEGUN'
    WHEN $asOf < subject.validFrom THEN 'NOT_KNOWN'
    WHEN subject.validTo <= $asOf THEN 'OVER'
    WHEN names = [] THEN 'NOWHERE'
    ELSE 'SILENCE'
  END}] ELSE rows END AS row
RETURN 'TRAINING_HUB' AS rule,
  CASE
    WHEN row.verdict = 'APPLIES' THEN 'APPLIES'
    WHEN row.verdict IN ['STALE', 'NOT_KNOWN', 'NOWHERE'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, CASE WHEN row.post IS NOT NULL THEN 'gp_practices' END AS group,
  CASE WHEN row.post IS NOT NULL THEN 'UNKNOWN' END AS terms,
  {
    STALE: 'SOURCE_STALE', ENDED: 'NONE_EXISTS', NOT_YET: 'NONE_EXISTS', NO_POST: 'NOT_PUBLISHED',
    ELSEWHERE: 'NOT_APPLICABLE', NO_SUBJECT: 'NOT_APPLICABLE', NOT_BEGUN: 'NONE_EXISTS', NOT_KNOWN: 'BEFORE_SOURCES',
    OVER: 'NONE_EXISTS', NOWHERE: 'BEFORE_SOURCES', SILENCE: 'NOT_PUBLISHED'
  }[row.verdict] AS reason,
  {
    STALE: 'The evidence of the knowledge specialist in ' + row.hub.name + ' is more than ' + toString(years)
      + ' years older than '
      + toString($asOf) + '.',
    ENDED: 'The funding of the knowledge specialist in ' + row.hub.name + ' ended by ' + toString(row.post.validTo)
      + '; none is known since.',
    NOT_YET: 'The knowledge specialist in ' + row.hub.name + ' began in '
      + left(toString(row.post.validFrom), coalesce({YEAR: 4, MONTH: 7}[row.post.validFromPrecision], 10)) + '.',
    NO_POST: 'No source says that ' + row.hub.name + ' has a knowledge specialist.',
    ELSEWHERE: 'The knowledge specialist in ' + row.hub.name + ' served another part of the system.',
    NO_SUBJECT: 'Knowledge specialists in training hubs serve primary care, and ' + subject.name + ' is none of it.',
    NOT_BEGUN: subject.name + ' began on ' + toString(subject.validFrom) + '.',
    NOT_KNOWN: 'Sources know ' + subject.name + ' from ' + toString(subject.validFrom) + ' on.',
    OVER: subject.name + ' ended on ' + toString(subject.validTo) + '.',
    NOWHERE: 'No source says in which area ' + subject.name + ' lay on ' + toString($asOf) + '.',
    SILENCE: 'No source that was read names a primary care training hub with a knowledge specialist for '
      + reduce(text = '', name IN names | text + CASE text WHEN '' THEN '' ELSE ', ' END + name) + '.'
  }[row.verdict] AS missing,
  {
    STALE: 'A page of the last ' + toString(years) + ' years.',
    ENDED: 'A source that says that it goes on, or what followed.',
    NOT_YET: 'Nothing: there was none before.',
    NO_POST: 'A page of the hub, or the list of the hubs that had one.',
    ELSEWHERE: 'Nothing: ask the hub of its own place.',
    NO_SUBJECT: 'Nothing: another rule has to cover it.',
    NOT_BEGUN: 'Nothing: ask for its predecessor.',
    NOT_KNOWN: 'An older source.',
    OVER: 'Nothing: ask for its successor.',
    NOWHERE: 'An older source.',
    SILENCE: 'A national list of training hubs and their knowledge specialists.'
  }[row.verdict] AS settles,
  row.post.quote AS quote, coalesce(row.post.url, row.hub.url) AS url,
  coalesce(row.post.evidenceDate, row.hub.evidenceDate) AS evidenceDate, row.path AS path, null AS basis
