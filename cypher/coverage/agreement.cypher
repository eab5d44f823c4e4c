// part: derive
// asks: whom a knowledge service covers by agreement. In plain words: where a source states that a service has a
//   formal agreement or contract for a group of staff in an area, that an agreement with a former clinical
//   commissioning group goes on for its board, or that it serves a few on request, then the bodies of that area that
//   employ the group are covered. An agreement that ran to the end of a clinical commissioning group passes on that
//   day to the group's one successor, and so on to the sub-ICB location, whose board has it; the coverage then says
//   that it is by succession and a prior agreement that continues. One that ran to the end of a board passes in the
//   same way to the boards that followed it, for the sub-ICB locations that it had to its end and for no other of
//   theirs. What was divided among several locations passes to none of them: no source says to which. Charged and
//   reference-only terms are no local service, an area without a code can't be laid out, and evidence older than the
//   years set for the graph (ten) no longer speaks.
// basis: the three routes of the national guidance for knowledge services and integrated care boards
//   (library.hee.nhs.uk/about/integrated-care-boards); that contracts of a clinical commissioning group passed to a
//   board on 1 July 2022, and those of a board that is abolished pass to those that follow it, is by the transfer
//   schemes of the National Health Service Act 2006, section 14Z28
// takes: starts: LIST<STRING>, covered: LIST<STRING>
// gives: start: STRING, end: STRING, member: STRING, key: STRING, validFrom: DATE, validFromPrecision: STRING,
//   validTo: DATE, validToPrecision: STRING, sources: LIST<STRING>, group: STRING, terms: STRING, extent: STRING,
//   quote: STRING, url: STRING, evidenceDate: DATE, via: LIST<STRING>, basis: STRING, route: STRING
// rule: AGREEMENT
// reads: HAS_AGREEMENT, Agreement, SUCCEEDED_BY, ClinicalCommissioningGroup, LISTED_IN, AGREEMENT_AREA, LOCATED_IN,
//   WITHIN, COMMISSIONED_BY, COMMISSIONED_BY_GROUP, SUB_ICB_OF, AUTHORITY_IN, MEMBER_OF, KnowledgeService,
//   LocalAuthority, NHSTrust, IntegratedCareBoard, SubICBLocation, GPPractice, PrimaryCareNetwork
// writes: COVERS
// composes: end
// members: derive/placed_members
CALL () {
  // here: coverage/services
}
MATCH (service)-[has:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]->(agreement:Entity)
CALL (agreement) {
  WITH agreement AS statement
  // here: coverage/said
}
WITH service, has, agreement, said
WHERE said.kind IN ['FORMAL', 'PRIOR_CCG', 'ON_REQUEST'] AND NOT said.terms IN ['charged', 'reference_only']
MATCH (agreement)-[about:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]->(area:Entity)
CALL () {
  // here: coverage/years
}
// Evidence speaks for some years; an undated page from the day it was read.
WITH service, has, agreement, said, said.group AS group, about, area, {
    validFrom: said.validFrom, validFromPrecision: said.validFromPrecision,
    validTo: coalesce(said.evidenceDate, said.validFrom) + duration({years: years}),
    validToPrecision: coalesce(said.evidenceDatePrecision, 'DAY')
  } AS fresh,
  COLLECT {
    MATCH (agreement)-[:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]->(any:Entity)
    RETURN DISTINCT any.id ORDER BY any.id
  } AS areas
CALL (about, area) {
  RETURN area AS place, [about] AS leads, null AS passed
  UNION ALL
  // An agreement with a clinical commissioning group that ran to the group's end passes to its one successor, and so on
  // to the sub-ICB location, whose board has it; one with a location likewise.
  MATCH way = (area:ClinicalCommissioningGroup|ClinicalCommissioningGroupEnded|ClinicalCommissioningGroupPlanned
      |SubICBLocation|SubICBLocationEnded|SubICBLocationPlanned)
    -[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]->(place:Entity)
  WHERE about.validTo = area.validTo
    AND all(one IN nodes(way)[..-1] WHERE split(one.id, ':')[0] IN ['ClinicalCommissioningGroup', 'SubICBLocation']
      AND one.validTo IS NOT NULL
      AND size([(one)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->(heir) | heir]) = 1)
  RETURN place, steps + [one IN nodes(way)[..-1] | {validFrom: one.validTo, validFromPrecision: one.validToPrecision}]
    AS leads,
    CASE WHEN area.id STARTS WITH 'ClinicalCommissioningGroup:' THEN 'by succession' ELSE 'by later succession' END
    AS passed
  UNION ALL
  // One with a board that ran to the board's end passes to the boards that followed it, for the locations that it had
  // to its end, or the one successor of such a location.
  MATCH (area:IntegratedCareBoard|IntegratedCareBoardEnded|IntegratedCareBoardPlanned)
    <-[was:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]-(own:Entity)
  WHERE about.validTo = area.validTo AND was.validTo = area.validTo
  MATCH way = (own)-[steps:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*0..6]->(place:Entity)
  WHERE all(one IN nodes(way)[..-1] WHERE one.validTo IS NOT NULL
    AND size([(one)-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED]->(heir) | heir]) = 1)
  MATCH (area)-[follows:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*1..6]->(:Entity)
    <-[part:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED]-(place)
  RETURN place, steps + follows + [part]
    + [one IN [area] + nodes(way)[..-1] | {validFrom: one.validTo, validFromPrecision: one.validToPrecision}] AS leads,
    'by later succession' AS passed
}
WITH service, has, agreement, said, group, leads, place AS area, passed, fresh, areas
CALL (area, group, areas) {
  // here: coverage/reach
}
WITH service, agreement, said, body, extent, passed, [fresh, said, has, service, body] + leads + path AS links,
  [agreement.id] + areas AS via
WITH service, agreement, said, body, extent, passed, via, links,
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
RETURN service.id AS start, end.id AS end, member,
  agreement.code + coalesce(' ' + passed, '') AS key, starts.validFrom AS validFrom,
  starts.validFromPrecision AS validFromPrecision, ends.validTo AS validTo, ends.validToPrecision AS validToPrecision,
  reduce(all = [], link IN links | all + coalesce(link.sources, [])) AS sources,
  said.group AS group, toUpper(said.terms) AS terms, CASE WHEN member IS NULL THEN extent END AS extent,
  said.quote AS quote, said.url AS url, said.evidenceDate AS evidenceDate, via,
  CASE WHEN passed IS NOT NULL THEN 'by succession' END AS basis,
  CASE passed WHEN 'by succession' THEN 'PRIOR_CCG' ELSE said.kind END AS route

// part: touched
// asks: which services a change can touch through what is said by their Agreements, and which bodies
// takes: touched: MAP
// gives: starts: LIST<STRING>, ends: LIST<STRING>, covered: LIST<STRING>
// reads: KnowledgeService, Agreement, HAS_AGREEMENT, AGREEMENT_AREA, SUCCEEDED_BY, ClinicalCommissioningGroup,
//   LISTED_IN, LOCATED_IN, WITHIN, COMMISSIONED_BY, COMMISSIONED_BY_GROUP, SUB_ICB_OF, AUTHORITY_IN, MEMBER_OF,
//   LocalAuthority, NHSTrust, IntegratedCareBoard, SubICBLocation, GPPractice, PrimaryCareNetwork
// after: coverage/touched_bodies
WITH ends, covered, COLLECT {
  UNWIND $touched.KnowledgeService + [pair IN $touched.HAS_AGREEMENT | pair[0]] AS id
  RETURN id AS start
  UNION
  UNWIND $touched.Agreement + [pair IN $touched.AGREEMENT_AREA | pair[0]] AS id
  MATCH (:Entity {id: id})<-[:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(service:Entity)
  RETURN service.id AS start
  UNION
  // What lies in an area may have come to it, or pass from it, by succession.
  UNWIND areas + $touched.ClinicalCommissioningGroup + $touched.IntegratedCareBoard + $touched.SubICBLocation
    + [pair IN $touched.SUCCEEDED_BY | pair[0]] AS id
  MATCH (:Entity {id: id})<-[:SUCCEEDED_BY|SUCCEEDED_BY_ENDED|SUCCEEDED_BY_PLANNED*0..6]-(:Entity)
    -[:SUB_ICB_OF|SUB_ICB_OF_ENDED|SUB_ICB_OF_PLANNED*0..1]->(:Entity)
    <-[:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]-(:Entity)
    <-[:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(service:Entity)
  RETURN service.id AS start
} AS starts
RETURN starts, ends, covered

// part: explain
// asks: what agreements of knowledge services say about one subject on a day: what covers it, what falls short and
//   why
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
// rule: AGREEMENT
// after: coverage/places
CALL (subject, groups, places, years) {
  // What is said about these areas at any time, or about an area of that name without a code.
  CALL (subject, places) {
    UNWIND places AS one
    WITH one, one.place AS place
    MATCH (place)<-[about:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]-(agreement:Entity)
      <-[has:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(service:Entity)
    WHERE one.reading <> 'PASSED' OR about.validTo = place.validTo
    // What is said of a group or board that was succeeded does not end with it.
    RETURN service, has, agreement, CASE WHEN one.reading <> 'PASSED' THEN about END AS about,
      CASE WHEN one.reading = 'PASSED' THEN one.meant ELSE one.reading END AS reading,
      CASE WHEN one.reading = 'PASSED' THEN 'by succession' END AS basis, one.heirs AS heirs,
      CASE WHEN place = subject THEN [] ELSE [place.id] END + one.between AS between
    UNION ALL
    MATCH (agreement:Agreement|AgreementEnded|AgreementPlanned)
      <-[has:HAS_AGREEMENT|HAS_AGREEMENT_ENDED|HAS_AGREEMENT_PLANNED]-(service:Entity)
    WHERE NOT EXISTS { (agreement)-[:AGREEMENT_AREA|AGREEMENT_AREA_ENDED|AGREEMENT_AREA_PLANNED]->(:Entity) }
      AND size(agreement.areaName) > 3
      AND any(one IN places WHERE one.reading <> 'PASSED' AND (
        toLower(one.place.name) CONTAINS toLower(agreement.areaName)
        OR toLower(agreement.areaName) CONTAINS toLower(one.place.name)))
    RETURN service, has, agreement, null AS about, 'NO_CODE' AS reading, null AS basis, null AS heirs, [] AS between
  }
  WITH subject, groups, service, has, agreement, about, reading, basis, heirs, between, [agreement {
      .kind, .group, .areaName, .terms, .quote, .url, .evidenceDate, .evidenceDatePrecision,
      validFrom: agreement.stateFrom, validTo: coalesce(agreement.stateTo, agreement.validTo)
    }] + COLLECT {
      MATCH (agreement)-[:HAS_STATE]->(state:State)
      RETURN state {
        .kind, .group, .areaName, .terms, .quote, .url, .evidenceDate, .evidenceDatePrecision,
        .validFrom, .validTo
      }
    } AS states
  WITH subject, groups, service, has, agreement, about, reading, basis, heirs, between,
    coalesce([one IN states WHERE one.validFrom <= $asOf AND coalesce($asOf < one.validTo, true)][0], states[0]) AS said
  WHERE said.group IN groups AND said.kind IN ['FORMAL', 'PRIOR_CCG', 'ON_REQUEST']
    AND NOT (said.group = 'own_staff' AND reading = 'NOT_NAMED')
    AND NOT (said.group = 'social_care' AND reading <> 'MEANT')
  WITH subject, service, agreement, reading, basis, heirs, between, said,
    [one IN [service, has, about, said] WHERE one IS NOT NULL] AS links,
    coalesce(said.evidenceDate, said.validFrom) + duration({years: years}) AS stale,
    left(toString(coalesce(said.evidenceDate, said.validFrom)),
      coalesce({YEAR: 4, MONTH: 7}[said.evidenceDatePrecision], 10)) AS spoken
  WITH subject, service, agreement, reading, basis, heirs, between, said, stale, spoken,
    reduce(day = null, link IN links | CASE WHEN day > link.validFrom THEN day ELSE link.validFrom END) AS begins,
    reduce(day = null, link IN links | CASE WHEN link.validTo >= day THEN day ELSE coalesce(link.validTo, day) END)
      AS closes
  WITH subject, service, agreement, reading, basis, heirs, between, said, spoken, begins, closes,
    // Of evidence that grew old and a service that ended, what came first is the reason.
    CASE
      WHEN service.validTo <= $asOf AND closes < stale THEN 'SERVICE_ENDED'
      WHEN said.terms IN ['charged', 'reference_only'] THEN 'CHARGED'
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
      service: service, statement: agreement.id, said: said, reading: reading, basis: basis, verdict: verdict,
      path: [service.id, agreement.id] + between + [subject.id],
      missing: {
        SERVICE_ENDED: service.name + ' ended by ' + toString(service.validTo) + '.',
        CHARGED: service.name + ' takes ' + people + ' (' + area + ') only '
          + CASE said.terms WHEN 'charged' THEN 'against a charge' ELSE 'for reference on the spot' END
          + ', which is no local service.',
        ENDED: 'What the agreement of ' + service.name + ' says of ' + people + ' (' + area + ') ended by '
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
        DIVIDED: service.name + ' served ' + people + ' (' + area + '), and what that was went to '
          + reduce(text = heirs[0], name IN heirs[1..-1] | text + ', ' + name) + ' and ' + heirs[-1]
          + '; no source says which of them the agreement is with since.',
        LOWER_TIER: 'Public health is a duty of upper-tier councils, and ' + subject.name + ' is a district council.',
        SOCIAL_CARE: service.name + ' serves ' + people + ' (' + area + ') and does not say whose they are.'
      }[verdict],
      settles: {
        SERVICE_ENDED: 'A source that says which service took over.',
        CHARGED: 'An agreement, or a page that offers the service on other terms.',
        ENDED: 'A source that says that it goes on, or what followed.',
        STALE: 'A page or agreement of the last ' + toString(years) + ' years.',
        NOT_YET: 'A source of that time, such as an archived copy of the page.',
        NO_CODE: 'A list of the bodies in that area.',
        ADDRESS: 'Nothing: practices decide.',
        NOT_NAMED: 'A list of the trusts that are meant.',
        NOT_THE_LOCATION: 'The word of ' + service.name + ' that it serves this sub-ICB location.',
        DIVIDED: 'An agreement with one of them, or the word of ' + service.name + ' that it goes on.',
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
RETURN 'AGREEMENT' AS rule,
  CASE
    WHEN row.verdict = 'APPLIES' THEN 'APPLIES'
    WHEN row.verdict IN ['STALE', 'NOT_YET', 'NO_CODE', 'NOT_NAMED', 'NOT_THE_LOCATION', 'DIVIDED',
      'SOCIAL_CARE', 'NOT_KNOWN', 'NOWHERE'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  row.service.id AS service, row.said.group AS group, toUpper(row.said.terms) AS terms,
  CASE
    WHEN row.verdict = 'APPLIES' THEN null
    WHEN row.verdict = 'CHARGED' AND any(other IN rows WHERE other.verdict = 'APPLIES'
      AND other.service = row.service AND other.said.group = row.said.group) THEN 'CONTRADICTED'
    ELSE {
      SERVICE_ENDED: 'NONE_EXISTS', CHARGED: 'NOT_APPLICABLE', ENDED: 'NONE_EXISTS',
      STALE: 'SOURCE_STALE', NOT_YET: 'BEFORE_SOURCES', NO_CODE: 'NOT_PUBLISHED', ADDRESS: 'NOT_APPLICABLE',
      NOT_NAMED: 'NOT_PUBLISHED', NOT_THE_LOCATION: 'NOT_PUBLISHED', DIVIDED: 'NOT_PUBLISHED',
      LOWER_TIER: 'NOT_APPLICABLE', SOCIAL_CARE: 'NOT_PUBLISHED', NO_SUBJECT: 'NOT_APPLICABLE',
      NOT_BEGUN: 'NONE_EXISTS', NOT_KNOWN: 'BEFORE_SOURCES', OVER: 'NONE_EXISTS', NOWHERE: 'BEFORE_SOURCES', SILENCE: 'NOT_PUBLISHED'
    }[row.verdict]
  END AS reason,
  CASE row.verdict
    WHEN 'NO_SUBJECT' THEN subject.name + ' is of a kind that has no staff whom a rule could cover.'
    WHEN 'NOT_BEGUN' THEN subject.name + ' began on ' + toString(subject.validFrom) + '.'
    WHEN 'NOT_KNOWN' THEN 'Sources know ' + subject.name + ' from ' + toString(subject.validFrom) + ' on.'
    WHEN 'OVER' THEN subject.name + ' ended on ' + toString(subject.validTo) + '.'
    WHEN 'NOWHERE' THEN 'No source says in which area ' + subject.name + ' lay on ' + toString($asOf) + '.'
    WHEN 'SILENCE' THEN 'No source states an agreement of a service for those who work in '
      + reduce(text = '', name IN names | text + CASE text WHEN '' THEN '' ELSE ', ' END + name) + '.'
    ELSE row.missing
  END AS missing,
  CASE row.verdict
    WHEN 'NO_SUBJECT' THEN 'Nothing: ask for one of its organisations.'
    WHEN 'NOT_BEGUN' THEN 'Nothing: ask for its predecessor.'
    WHEN 'NOT_KNOWN' THEN 'An older source.'
    WHEN 'OVER' THEN 'Nothing: ask for its successor.'
    WHEN 'NOWHERE' THEN 'An older source.'
    WHEN 'SILENCE' THEN 'An agreement, or a page that says that there is one.'
    ELSE row.settles
  END AS settles,
  row.said.quote AS quote, row.said.url AS url, row.said.evidenceDate AS evidenceDate, row.path AS path,
  CASE WHEN row.verdict = 'APPLIES' THEN row.basis END AS basis
