// part: explain
// asks: whether the staff of one subject have the national core content through NHS OpenAthens on a day. In plain
//   words: the floor that everyone has whom a source calls eligible: staff of NHS organisations, of boards, of
//   primary care, and public health staff of upper-tier councils. Computed when it is read, and no local service.
// basis: the statements on eligibility for NHS OpenAthens that the concept NationalOffer holds, each with its source
// takes: subject: STRING, asOf: DATE
// gives: rule: STRING, outcome: STRING, service: STRING, group: STRING, terms: STRING, reason: STRING, missing: STRING,
//   settles: STRING, quote: STRING, url: STRING, evidenceDate: DATE, path: LIST<STRING>,
//   basis: STRING
// rule: NATIONAL_CORE
MATCH (subject:Entity {id: $subject})
CALL () {
  // here: coverage/years
}
WITH subject, years, CASE split(subject.id, ':')[0]
    WHEN 'GPPractice' THEN 'gp_practices'
    WHEN 'PrimaryCareNetwork' THEN 'gp_practices'
    WHEN 'NHSTrust' THEN 'own_staff'
    WHEN 'IntegratedCareBoard' THEN 'icb_staff'
    WHEN 'SubICBLocation' THEN 'icb_staff'
    WHEN 'LocalAuthority' THEN CASE WHEN subject.isUpperTier THEN 'public_health' END
  END AS group
CALL (subject, group, years) {
  MATCH (offer:NationalOffer|NationalOfferEnded|NationalOfferPlanned)
  WHERE group IN offer.groups
  WITH offer, offer.evidenceDate + duration({years: years}) AS stale
  WITH offer, CASE
      WHEN stale <= $asOf THEN 'STALE'
      WHEN offer.validTo <= $asOf THEN 'ENDED'
      WHEN $asOf < offer.validFrom THEN 'NOT_YET'
      ELSE 'APPLIES'
    END AS verdict
  // Of several statements the newest that speaks of the day, else the one that comes nearest to it.
  ORDER BY verdict <> 'APPLIES', verdict DESC,
    CASE verdict WHEN 'NOT_YET' THEN duration.inDays(date('1900-01-01'), offer.validFrom).days
      ELSE -duration.inDays(date('1900-01-01'), offer.evidenceDate).days END
  RETURN collect({offer: offer, verdict: verdict})[0] AS best
}
WITH subject, years, group, best.offer AS offer, CASE
    WHEN $asOf < subject.validFrom AND subject.validFromPrecision IN ['DAY', 'MONTH', 'YEAR'] THEN 'NOT_BEGUN'
    WHEN $asOf < subject.validFrom THEN 'NOT_KNOWN'
    WHEN subject.validTo <= $asOf THEN 'OVER'
    WHEN best IS NULL AND group IS NULL THEN 'NO_SUBJECT'
    ELSE coalesce(best.verdict, 'SILENCE')
  END AS verdict,
  {
    gp_practices: 'primary care staff', own_staff: 'staff of NHS organisations',
    icb_staff: 'staff of integrated care boards', public_health: 'public health staff'
  }[group] AS people
RETURN 'NATIONAL_CORE' AS rule,
  CASE
    WHEN verdict = 'APPLIES' THEN 'APPLIES'
    WHEN verdict IN ['STALE', 'NOT_YET', 'NOT_KNOWN'] THEN 'UNKNOWN'
    ELSE 'DOES_NOT_APPLY'
  END AS outcome,
  null AS service, group, CASE WHEN verdict = 'APPLIES' THEN 'UNKNOWN' END AS terms,
  {
    STALE: 'SOURCE_STALE', ENDED: 'NONE_EXISTS', NOT_YET: 'BEFORE_SOURCES', NOT_BEGUN: 'NONE_EXISTS',
    NOT_KNOWN: 'BEFORE_SOURCES', OVER: 'NONE_EXISTS', NO_SUBJECT: 'NOT_APPLICABLE', SILENCE: 'NOT_PUBLISHED'
  }[verdict] AS reason,
  {
    STALE: 'The newest source that says that ' + people + ' have national core content is of '
      + left(toString(offer.evidenceDate), coalesce({YEAR: 4, MONTH: 7}[offer.evidenceDatePrecision], 10))
      + ', more than ' + toString(years) + ' years before ' + toString($asOf) + '.',
    ENDED: 'What was said of ' + people + ' ended by ' + toString(offer.validTo) + '.',
    NOT_YET: 'That ' + people + ' have national core content is known from ' + toString(offer.validFrom)
      + ' on; no source speaks of ' + toString($asOf) + '.',
    NOT_BEGUN: subject.name + ' began on ' + toString(subject.validFrom) + '.',
    NOT_KNOWN: 'Sources know ' + subject.name + ' from ' + toString(subject.validFrom) + ' on.',
    OVER: subject.name + ' ended on ' + toString(subject.validTo) + '.',
    NO_SUBJECT: subject.name + ' is of a kind whose staff no source calls eligible.',
    SILENCE: 'No source says that ' + people + ' have national core content.'
  }[verdict] AS missing,
  {
    STALE: 'The eligibility rules of NHS OpenAthens.',
    ENDED: 'The eligibility rules of NHS OpenAthens.',
    NOT_YET: 'An older source.',
    NOT_BEGUN: 'Nothing: ask for its predecessor.',
    NOT_KNOWN: 'An older source.',
    OVER: 'Nothing: ask for its successor.',
    NO_SUBJECT: 'The eligibility rules of NHS OpenAthens.',
    SILENCE: 'The eligibility rules of NHS OpenAthens.'
  }[verdict] AS settles,
  offer.quote AS quote, offer.url AS url, offer.evidenceDate AS evidenceDate,
  [one IN [offer.id, CASE WHEN offer IS NOT NULL THEN subject.id END] WHERE one IS NOT NULL] AS path, null AS basis
