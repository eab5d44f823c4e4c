// part: derive
// asks: whom a knowledge service covers because its own page says so. In plain words: where the page of a service
//   states that it serves a group of staff in an area, the bodies of that area that employ the group are covered:
//   practices where they lie or by whom they are commissioned, networks by their practices, boards, upper-tier
//   councils for their public health staff, trusts by name. Of a practice its staff are meant, never its patients.
//   Not counted: what is only assumed, charged or for reference only, a training hub's posts and a consortium's loans
//   (rules of their own), areas without a code, pages older than the years set for the graph (ten).
// basis: service and host decide locally whom they serve (library.hee.nhs.uk/about/integrated-care-boards); public
//   health is a duty of upper-tier councils alone (National Health Service Act 2006, section 2B)
// takes: starts: LIST<STRING>, covered: LIST<STRING>
// gives: start: STRING, end: STRING, member: STRING, key: STRING, validFrom: DATE, validFromPrecision: STRING,
//   validTo: DATE, validToPrecision: STRING, sources: LIST<STRING>, group: STRING, terms: STRING, extent: STRING,
//   quote: STRING, url: STRING, evidenceDate: DATE, via: LIST<STRING>
// rule: PUBLISHED_ELIGIBILITY
// reads: HAS_ELIGIBILITY, Eligibility, LISTED_IN, ELIGIBILITY_AREA, LOCATED_IN, WITHIN, COMMISSIONED_BY,
//   COMMISSIONED_BY_GROUP, SUB_ICB_OF, AUTHORITY_IN, MEMBER_OF, KnowledgeService, LocalAuthority, NHSTrust,
//   IntegratedCareBoard, SubICBLocation, GPPractice, PrimaryCareNetwork
// writes: COVERS
// composes: end
// members: derive/placed_members
CALL () {
  // here: coverage/services
}
MATCH (service)-[has:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]->(eligibility:Entity)
CALL (eligibility) {
  WITH eligibility AS statement
  // here: coverage/said
}
WITH service, has, eligibility, said
WHERE said.evidence = 'stated' AND NOT said.terms IN ['charged', 'reference_only']
  AND NOT said.basis IN ['training_hub', 'regional_reciprocal']
MATCH (eligibility)-[about:ELIGIBILITY_AREA|ELIGIBILITY_AREA_ENDED|ELIGIBILITY_AREA_PLANNED]->(area:Entity)
CALL () {
  // here: coverage/years
}
// Evidence speaks for some years; an undated page from the day it was read.
WITH service, has, eligibility, said, said.group AS group, about, area, {
    validFrom: said.validFrom, validFromPrecision: said.validFromPrecision,
    validTo: coalesce(said.evidenceDate, said.validFrom) + duration({years: years}),
    validToPrecision: coalesce(said.evidenceDatePrecision, 'DAY')
  } AS fresh,
  COLLECT {
    MATCH (eligibility)-[:ELIGIBILITY_AREA|ELIGIBILITY_AREA_ENDED|ELIGIBILITY_AREA_PLANNED]->(any:Entity)
    RETURN DISTINCT any.id ORDER BY any.id
  } AS areas
CALL (area, group, areas) {
  // here: coverage/reach
}
WITH service, eligibility, said, body, extent, [fresh, said, has, about, service, body] + path AS links,
  [eligibility.id] + areas AS via
WITH service, eligibility, said, body, extent, via, links,
  reduce(late = null, link IN links |
    CASE WHEN late IS NULL OR link.validFrom > late.validFrom THEN link ELSE late END) AS starts,
  reduce(early = null, link IN links |
    CASE
      WHEN link.validTo IS NULL THEN early
      WHEN early IS NULL OR link.validTo < early.validTo THEN link
      ELSE early
    END) AS ends
WHERE ends IS NULL OR starts.validFrom < ends.validTo
CALL (body) {
  // here: coverage/employers
}
RETURN service.id AS start, end.id AS end, member, eligibility.code AS key, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  reduce(all = [], link IN links | all + coalesce(link.sources, [])) AS sources,
  said.group AS group, toUpper(said.terms) AS terms, CASE WHEN member IS NULL THEN extent END AS extent,
  said.quote AS quote, said.url AS url, said.evidenceDate AS evidenceDate, via

// part: touched
// asks: which services a change can touch through what is said by their Eligibilitys, and which bodies
// takes: touched: MAP
// gives: starts: LIST<STRING>, ends: LIST<STRING>, covered: LIST<STRING>
// reads: KnowledgeService, Eligibility, HAS_ELIGIBILITY, ELIGIBILITY_AREA, LISTED_IN, LOCATED_IN, WITHIN,
//   COMMISSIONED_BY, COMMISSIONED_BY_GROUP, SUB_ICB_OF, AUTHORITY_IN, MEMBER_OF, LocalAuthority, NHSTrust,
//   IntegratedCareBoard, SubICBLocation, GPPractice, PrimaryCareNetwork
// after: coverage/touched_bodies
WITH ends, covered, COLLECT {
  UNWIND $touched.KnowledgeService + [pair IN $touched.HAS_ELIGIBILITY | pair[0]] AS id
  RETURN id AS start
  UNION
  UNWIND $touched.Eligibility + [pair IN $touched.ELIGIBILITY_AREA | pair[0]] AS id
  MATCH (:Entity {id: id})<-[:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]-(service:Entity)
  RETURN service.id AS start
  UNION
  UNWIND areas AS id
  MATCH (:Entity {id: id})<-[:ELIGIBILITY_AREA|ELIGIBILITY_AREA_ENDED|ELIGIBILITY_AREA_PLANNED]-(:Entity)
    <-[:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]-(service:Entity)
  RETURN service.id AS start
} AS starts
RETURN starts, ends, covered

// part: explain
// asks: what the pages of knowledge services say about one subject on a day: what covers it, what falls short and why
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
// rule: PUBLISHED_ELIGIBILITY
// after: coverage/places
CALL (subject, groups, places, years) {
  // What is said about these areas at any time, or about an area of that name without a code.
  CALL (subject, places) {
    UNWIND places AS one
    WITH one, one.place AS place
    WHERE one.reading <> 'PASSED'
    MATCH (place)<-[about:ELIGIBILITY_AREA|ELIGIBILITY_AREA_ENDED|ELIGIBILITY_AREA_PLANNED]-(eligibility:Entity)
      <-[has:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]-(service:Entity)
    RETURN service, has, eligibility, about, one.reading AS reading,
      CASE WHEN place = subject THEN [] ELSE [place.id] END + one.between AS between
    UNION ALL
    MATCH (eligibility:Eligibility|EligibilityEnded|EligibilityPlanned)
      <-[has:HAS_ELIGIBILITY|HAS_ELIGIBILITY_ENDED|HAS_ELIGIBILITY_PLANNED]-(service:Entity)
    WHERE NOT EXISTS { (eligibility)-[:ELIGIBILITY_AREA|ELIGIBILITY_AREA_ENDED|ELIGIBILITY_AREA_PLANNED]->(:Entity) }
      AND size(eligibility.areaName) > 3
      AND any(one IN places WHERE one.reading <> 'PASSED' AND (
        toLower(one.place.name) CONTAINS toLower(eligibility.areaName)
        OR toLower(eligibility.areaName) CONTAINS toLower(one.place.name)))
    RETURN service, has, eligibility, null AS about, 'NO_CODE' AS reading, [] AS between
  }
  WITH subject, groups, service, has, eligibility, about, reading, between, [eligibility {
      .group, .areaName, .terms, .basis, .evidence, .quote, .url, .evidenceDate, .evidenceDatePrecision,
      validFrom: eligibility.stateFrom, validTo: coalesce(eligibility.stateTo, eligibility.validTo)
    }] + COLLECT {
      MATCH (eligibility)-[:HAS_STATE]->(state:State)
      RETURN state {
        .group, .areaName, .terms, .basis, .evidence, .quote, .url, .evidenceDate, .evidenceDatePrecision,
        .validFrom, .validTo
      }
    } AS states
  WITH subject, groups, service, has, eligibility, about, reading, between,
    coalesce([one IN states WHERE one.validFrom <= $asOf AND coalesce($asOf < one.validTo, true)][0], states[0]) AS said
  WHERE said.group IN groups AND NOT said.basis IN ['training_hub', 'regional_reciprocal']
    AND NOT (said.group = 'own_staff' AND reading = 'NOT_NAMED')
    AND NOT (said.group = 'social_care' AND reading <> 'MEANT')
  WITH subject, service, eligibility, reading, between, said,
    [one IN [service, has, about, said] WHERE one IS NOT NULL] AS links,
    coalesce(said.evidenceDate, said.validFrom) + duration({years: years}) AS stale,
    left(toString(coalesce(said.evidenceDate, said.validFrom)),
      coalesce({YEAR: 4, MONTH: 7}[said.evidenceDatePrecision], 10)) AS spoken
  WITH subject, service, eligibility, reading, between, said, stale, spoken,
    reduce(day = null, link IN links | CASE WHEN day > link.validFrom THEN day ELSE link.validFrom END) AS begins,
    reduce(day = null, link IN links | CASE WHEN link.validTo >= day THEN day ELSE coalesce(link.validTo, day) END)
      AS closes
  WITH subject, service, eligibility, reading, between, said, spoken, begins, closes,
    // Of evidence that grew old and a service that ended, what came first is the reason.
    CASE
      WHEN service.validTo <= $asOf AND closes < stale THEN 'SERVICE_ENDED'
      WHEN said.terms IN ['charged', 'reference_only'] THEN 'CHARGED'
      WHEN said.evidence <> 'stated' THEN 'ASSUMED'
      WHEN stale <= $asOf AND coalesce(stale <= closes, true) THEN 'STALE'
      WHEN closes <= $asOf THEN 'ENDED'
      WHEN $asOf < begins THEN 'NOT_YET'
      WHEN reading <> 'MEANT' THEN reading
      WHEN said.group = 'social_care' THEN 'SOCIAL_CARE'
      ELSE 'APPLIES'
    END AS verdict,
    {
      gp_practices: 'general practices', pcn_staff: 'staff of primary care networks', own_staff: 'its own staff',
      other_trust: 'staff of other trusts', community_trust: 'community staff',
      mental_health_trust: 'mental health staff', ambulance: 'ambulance staff',
      icb_staff: 'staff of the integrated care board', public_health: 'public health staff',
      social_care: 'social care staff'
    }[said.group] AS people, coalesce(said.areaName, 'an area that is not named') AS area
  WITH collect({
      service: service, statement: eligibility.id, said: said, reading: reading, verdict: verdict,
      path: [service.id, eligibility.id] + between + [subject.id],
      missing: {
        SERVICE_ENDED: service.name + ' ended by ' + toString(service.validTo) + '.',
        CHARGED: service.name + ' takes ' + people + ' (' + area + ') only '
          + CASE said.terms WHEN 'charged' THEN 'against a charge' ELSE 'for reference on the spot' END
          + ', which is no local service.',
        ASSUMED: 'The page of ' + service.name + ' does not name ' + people + '; that it serves them is assumed.',
        ENDED: 'What the page of ' + service.name + ' says of ' + people + ' (' + area + ') ended by '
          + toString(closes) + '.',
        STALE: 'The evidence that ' + service.name + ' serves ' + people + ' (' + area + ') is of '
          + spoken + ', more than ' + toString(years) + ' years before ' + toString($asOf) + '.',
        NOT_YET: 'That ' + service.name + ' serves ' + people + ' (' + area + ') is known from ' + toString(begins)
          + ' on; no source speaks of ' + toString($asOf) + '.',
        NO_CODE: service.name + ' speaks of ' + people + ' in "' + area
          + '", which has no code, so whether this is in it cannot be told.',
        ADDRESS: service.name + ' serves ' + people + ' (' + area + '), where the administrative address of '
          + subject.name + ' lies, but none of its practices does.',
        NOT_NAMED: service.name + ' serves ' + people + ' (' + area + ') and does not name ' + subject.name + '.',
        NOT_THE_LOCATION: service.name + ' serves ' + people + ' (' + area + '); whether that is this, no source says.',
        LOWER_TIER: 'Public health is a duty of upper-tier councils, and ' + subject.name + ' is a district council.',
        SOCIAL_CARE: service.name + ' serves ' + people + ' (' + area + ') and does not say whose they are.'
      }[verdict],
      settles: {
        SERVICE_ENDED: 'A source that says which service took over.',
        CHARGED: 'An agreement, or a page that offers the service on other terms.',
        ASSUMED: 'The word of ' + service.name + ' that it serves them.',
        ENDED: 'A source that says that it goes on, or what followed.',
        STALE: 'A page or agreement of the last ' + toString(years) + ' years.',
        NOT_YET: 'A source of that time, such as an archived copy of the page.',
        NO_CODE: 'A list of the bodies in that area.',
        ADDRESS: 'Nothing: practices decide.',
        NOT_NAMED: 'A list of the trusts that are meant.',
        NOT_THE_LOCATION: 'The word of ' + service.name + ' that it serves this sub-ICB location.',
        LOWER_TIER: 'Nothing: ask for the upper-tier council.',
        SOCIAL_CARE: 'The word of ' + service.name + ' that it serves the staff of the council.'
      }[verdict]
    }) AS rows
  // An address is worth a word only where no practice lies there.
  RETURN [row IN rows WHERE row.reading <> 'ADDRESS'
    OR none(other IN rows WHERE other.statement = row.statement AND other.reading = 'MEANT')] AS rows
}
WITH subject, groups, places, rows, {said: {}, path: []} AS nothing,
  [one IN places WHERE NOT one.reading IN ['ADDRESS', 'PASSED'] | one.place.name] AS names
UNWIND CASE WHEN rows = [] THEN [nothing {.*,
    verdict: CASE
      WHEN groups IS NULL THEN 'NO_SUBJECT'
      WHEN $asOf < subject.validFrom AND subject.validFromPrecision IN ['DAY', 'MONTH', 'YEAR'] THEN 'NOT_BEGUN'
      WHEN $asOf < subject.validFrom THEN 'NOT_KNOWN'
      WHEN subject.validTo <= $asOf THEN 'OVER'
      WHEN 'gp_practices' IN groups AND none(one IN places
        WHERE one.reading = 'MEANT' AND split(one.place.id, ':')[0] = 'LocalAuthority') THEN 'NOWHERE'
      ELSE 'SILENCE'
    END
  }] ELSE rows END AS row
RETURN 'PUBLISHED_ELIGIBILITY' AS rule,
  CASE
    WHEN row.verdict = 'APPLIES' THEN 'APPLIES'
    WHEN row.verdict IN ['ASSUMED', 'STALE', 'NOT_YET', 'NO_CODE', 'NOT_NAMED', 'NOT_THE_LOCATION', 'SOCIAL_CARE',
      'NOT_KNOWN', 'NOWHERE'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, row.said.group AS group, toUpper(row.said.terms) AS terms,
  CASE
    WHEN row.verdict = 'APPLIES' THEN null
    WHEN row.verdict = 'CHARGED' AND any(other IN rows WHERE other.verdict = 'APPLIES'
      AND other.service = row.service AND other.said.group = row.said.group) THEN 'CONTRADICTED'
    ELSE {
      SERVICE_ENDED: 'NONE_EXISTS', CHARGED: 'NOT_APPLICABLE', ASSUMED: 'NOT_PUBLISHED', ENDED: 'NONE_EXISTS',
      STALE: 'SOURCE_STALE', NOT_YET: 'BEFORE_SOURCES', NO_CODE: 'NOT_PUBLISHED', ADDRESS: 'NOT_APPLICABLE',
      NOT_NAMED: 'NOT_PUBLISHED', NOT_THE_LOCATION: 'NOT_PUBLISHED', LOWER_TIER: 'NOT_APPLICABLE',
      SOCIAL_CARE: 'NOT_PUBLISHED', NO_SUBJECT: 'NOT_APPLICABLE', NOT_BEGUN: 'NONE_EXISTS',
      NOT_KNOWN: 'BEFORE_SOURCES', OVER: 'NONE_EXISTS', NOWHERE: 'BEFORE_SOURCES', SILENCE: 'NOT_PUBLISHED'
    }[row.verdict]
  END AS reason,
  CASE row.verdict
    WHEN 'NO_SUBJECT' THEN subject.name + ' is of a kind that has no staff whom a rule could cover.'
    WHEN 'NOT_BEGUN' THEN subject.name + ' began on ' + toString(subject.validFrom) + '.'
    WHEN 'NOT_KNOWN' THEN 'Sources know ' + subject.name + ' from ' + toString(subject.validFrom) + ' on.'
    WHEN 'OVER' THEN subject.name + ' ended on ' + toString(subject.validTo) + '.'
    WHEN 'NOWHERE' THEN 'No source says in which area ' + subject.name + ' lay on ' + toString($asOf) + '.'
    WHEN 'SILENCE' THEN 'No page that was read says that its service serves those who work in '
      + reduce(text = '', name IN names | text + CASE text WHEN '' THEN '' ELSE ', ' END + name) + '.'
    ELSE row.missing
  END AS missing,
  CASE row.verdict
    WHEN 'NO_SUBJECT' THEN 'Nothing: ask for one of its organisations.'
    WHEN 'NOT_BEGUN' THEN 'Nothing: ask for its predecessor.'
    WHEN 'NOT_KNOWN' THEN 'An older source.'
    WHEN 'OVER' THEN 'Nothing: ask for its successor.'
    WHEN 'NOWHERE' THEN 'An older source.'
    WHEN 'SILENCE' THEN 'A page of a service that names them.'
    ELSE row.settles
  END AS settles,
  row.said.quote AS quote, row.said.url AS url, row.said.evidenceDate AS evidenceDate, row.path AS path, null AS basis
