// part: COMMISSIONED_BY.validFrom
// asks: that a COMMISSIONED_BY that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_valid_from IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY]-()
ON (r.validFrom)

// part: COMMISSIONED_BY.validTo
// asks: that a COMMISSIONED_BY that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_valid_to IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY]-()
ON (r.validTo)

// part: COMMISSIONED_BY_ENDED.validFrom
// asks: that a COMMISSIONED_BY_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_ended_valid_from IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY_ENDED]-()
ON (r.validFrom)

// part: COMMISSIONED_BY_ENDED.validTo
// asks: that a COMMISSIONED_BY_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_ended_valid_to IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY_ENDED]-()
ON (r.validTo)

// part: COMMISSIONED_BY_PLANNED.validFrom
// asks: that a COMMISSIONED_BY_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_planned_valid_from IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY_PLANNED]-()
ON (r.validFrom)

// part: COMMISSIONED_BY_PLANNED.validTo
// asks: that a COMMISSIONED_BY_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX commissioned_by_planned_valid_to IF NOT EXISTS
FOR ()-[r:COMMISSIONED_BY_PLANNED]-()
ON (r.validTo)

// part: PARENTED_BY.validFrom
// asks: that a PARENTED_BY that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_valid_from IF NOT EXISTS
FOR ()-[r:PARENTED_BY]-()
ON (r.validFrom)

// part: PARENTED_BY.validTo
// asks: that a PARENTED_BY that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_valid_to IF NOT EXISTS
FOR ()-[r:PARENTED_BY]-()
ON (r.validTo)

// part: PARENTED_BY_ENDED.validFrom
// asks: that a PARENTED_BY_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_ended_valid_from IF NOT EXISTS
FOR ()-[r:PARENTED_BY_ENDED]-()
ON (r.validFrom)

// part: PARENTED_BY_ENDED.validTo
// asks: that a PARENTED_BY_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_ended_valid_to IF NOT EXISTS
FOR ()-[r:PARENTED_BY_ENDED]-()
ON (r.validTo)

// part: PARENTED_BY_PLANNED.validFrom
// asks: that a PARENTED_BY_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_planned_valid_from IF NOT EXISTS
FOR ()-[r:PARENTED_BY_PLANNED]-()
ON (r.validFrom)

// part: PARENTED_BY_PLANNED.validTo
// asks: that a PARENTED_BY_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX parented_by_planned_valid_to IF NOT EXISTS
FOR ()-[r:PARENTED_BY_PLANNED]-()
ON (r.validTo)

// part: MEMBER_OF.validFrom
// asks: that a MEMBER_OF that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_valid_from IF NOT EXISTS
FOR ()-[r:MEMBER_OF]-()
ON (r.validFrom)

// part: MEMBER_OF.validTo
// asks: that a MEMBER_OF that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_valid_to IF NOT EXISTS
FOR ()-[r:MEMBER_OF]-()
ON (r.validTo)

// part: MEMBER_OF_ENDED.validFrom
// asks: that a MEMBER_OF_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_ended_valid_from IF NOT EXISTS
FOR ()-[r:MEMBER_OF_ENDED]-()
ON (r.validFrom)

// part: MEMBER_OF_ENDED.validTo
// asks: that a MEMBER_OF_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_ended_valid_to IF NOT EXISTS
FOR ()-[r:MEMBER_OF_ENDED]-()
ON (r.validTo)

// part: MEMBER_OF_PLANNED.validFrom
// asks: that a MEMBER_OF_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_planned_valid_from IF NOT EXISTS
FOR ()-[r:MEMBER_OF_PLANNED]-()
ON (r.validFrom)

// part: MEMBER_OF_PLANNED.validTo
// asks: that a MEMBER_OF_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX member_of_planned_valid_to IF NOT EXISTS
FOR ()-[r:MEMBER_OF_PLANNED]-()
ON (r.validTo)

// part: TRUST_IN.validFrom
// asks: that a TRUST_IN that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_valid_from IF NOT EXISTS
FOR ()-[r:TRUST_IN]-()
ON (r.validFrom)

// part: TRUST_IN.validTo
// asks: that a TRUST_IN that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_valid_to IF NOT EXISTS
FOR ()-[r:TRUST_IN]-()
ON (r.validTo)

// part: TRUST_IN_ENDED.validFrom
// asks: that a TRUST_IN_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_ended_valid_from IF NOT EXISTS
FOR ()-[r:TRUST_IN_ENDED]-()
ON (r.validFrom)

// part: TRUST_IN_ENDED.validTo
// asks: that a TRUST_IN_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_ended_valid_to IF NOT EXISTS
FOR ()-[r:TRUST_IN_ENDED]-()
ON (r.validTo)

// part: TRUST_IN_PLANNED.validFrom
// asks: that a TRUST_IN_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_planned_valid_from IF NOT EXISTS
FOR ()-[r:TRUST_IN_PLANNED]-()
ON (r.validFrom)

// part: TRUST_IN_PLANNED.validTo
// asks: that a TRUST_IN_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX trust_in_planned_valid_to IF NOT EXISTS
FOR ()-[r:TRUST_IN_PLANNED]-()
ON (r.validTo)

// part: SUB_ICB_OF.validFrom
// asks: that a SUB_ICB_OF that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_valid_from IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF]-()
ON (r.validFrom)

// part: SUB_ICB_OF.validTo
// asks: that a SUB_ICB_OF that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_valid_to IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF]-()
ON (r.validTo)

// part: SUB_ICB_OF_ENDED.validFrom
// asks: that a SUB_ICB_OF_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_ended_valid_from IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF_ENDED]-()
ON (r.validFrom)

// part: SUB_ICB_OF_ENDED.validTo
// asks: that a SUB_ICB_OF_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_ended_valid_to IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF_ENDED]-()
ON (r.validTo)

// part: SUB_ICB_OF_PLANNED.validFrom
// asks: that a SUB_ICB_OF_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_planned_valid_from IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF_PLANNED]-()
ON (r.validFrom)

// part: SUB_ICB_OF_PLANNED.validTo
// asks: that a SUB_ICB_OF_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX sub_icb_of_planned_valid_to IF NOT EXISTS
FOR ()-[r:SUB_ICB_OF_PLANNED]-()
ON (r.validTo)

// part: AUTHORITY_IN.validFrom
// asks: that a AUTHORITY_IN that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_valid_from IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN]-()
ON (r.validFrom)

// part: AUTHORITY_IN.validTo
// asks: that a AUTHORITY_IN that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_valid_to IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN]-()
ON (r.validTo)

// part: AUTHORITY_IN_ENDED.validFrom
// asks: that a AUTHORITY_IN_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_ended_valid_from IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN_ENDED]-()
ON (r.validFrom)

// part: AUTHORITY_IN_ENDED.validTo
// asks: that a AUTHORITY_IN_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_ended_valid_to IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN_ENDED]-()
ON (r.validTo)

// part: AUTHORITY_IN_PLANNED.validFrom
// asks: that a AUTHORITY_IN_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_planned_valid_from IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN_PLANNED]-()
ON (r.validFrom)

// part: AUTHORITY_IN_PLANNED.validTo
// asks: that a AUTHORITY_IN_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX authority_in_planned_valid_to IF NOT EXISTS
FOR ()-[r:AUTHORITY_IN_PLANNED]-()
ON (r.validTo)

// part: IN_REGION.validFrom
// asks: that a IN_REGION that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_valid_from IF NOT EXISTS
FOR ()-[r:IN_REGION]-()
ON (r.validFrom)

// part: IN_REGION.validTo
// asks: that a IN_REGION that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_valid_to IF NOT EXISTS
FOR ()-[r:IN_REGION]-()
ON (r.validTo)

// part: IN_REGION_ENDED.validFrom
// asks: that a IN_REGION_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_ended_valid_from IF NOT EXISTS
FOR ()-[r:IN_REGION_ENDED]-()
ON (r.validFrom)

// part: IN_REGION_ENDED.validTo
// asks: that a IN_REGION_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_ended_valid_to IF NOT EXISTS
FOR ()-[r:IN_REGION_ENDED]-()
ON (r.validTo)

// part: IN_REGION_PLANNED.validFrom
// asks: that a IN_REGION_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_planned_valid_from IF NOT EXISTS
FOR ()-[r:IN_REGION_PLANNED]-()
ON (r.validFrom)

// part: IN_REGION_PLANNED.validTo
// asks: that a IN_REGION_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX in_region_planned_valid_to IF NOT EXISTS
FOR ()-[r:IN_REGION_PLANNED]-()
ON (r.validTo)

// part: WITHIN.validFrom
// asks: that a WITHIN that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_valid_from IF NOT EXISTS
FOR ()-[r:WITHIN]-()
ON (r.validFrom)

// part: WITHIN.validTo
// asks: that a WITHIN that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_valid_to IF NOT EXISTS
FOR ()-[r:WITHIN]-()
ON (r.validTo)

// part: WITHIN_ENDED.validFrom
// asks: that a WITHIN_ENDED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_ended_valid_from IF NOT EXISTS
FOR ()-[r:WITHIN_ENDED]-()
ON (r.validFrom)

// part: WITHIN_ENDED.validTo
// asks: that a WITHIN_ENDED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_ended_valid_to IF NOT EXISTS
FOR ()-[r:WITHIN_ENDED]-()
ON (r.validTo)

// part: WITHIN_PLANNED.validFrom
// asks: that a WITHIN_PLANNED that begins between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_planned_valid_from IF NOT EXISTS
FOR ()-[r:WITHIN_PLANNED]-()
ON (r.validFrom)

// part: WITHIN_PLANNED.validTo
// asks: that a WITHIN_PLANNED that ends between two dates is found by index
// takes: nothing
// gives: nothing
CREATE INDEX within_planned_valid_to IF NOT EXISTS
FOR ()-[r:WITHIN_PLANNED]-()
ON (r.validTo)
