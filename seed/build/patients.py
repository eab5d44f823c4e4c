"""Registered patients by network, sub-ICB location and board, as NHS England counts them."""

from seed.build.practice_map import IN_NO_NETWORK
from seed.build.raw import RawFolder

PATIENTS = "gp_reg_pat_prac_sing_age_regions_20260801"
AS_AT = "2026-08-01"

_KINDS = {kind: kind for kind in ("PCN", "SUB_ICB_LOCATION_CODE", "ICB", "Comm Region")}
_SEXES = {"ALL": "ALL", "MALE": "MALE", "FEMALE": "FEMALE"}


def read(raw: RawFolder) -> dict[str, dict[str, str]]:
    """Return the patients of each body by kind and code; age and sex are counted and left out."""
    columns = ("PUBLICATION", "EXTRACT_DATE", "ORG_TYPE", "ORG_CODE", "ONS_CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS")
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in raw.zipped(PATIENTS, columns):
        row.choose("PUBLICATION", {"GP_PRAC_PAT_LIST": True})
        row.choose("EXTRACT_DATE", {AS_AT: True})
        kind, code = row.choose("ORG_TYPE", _KINDS), row.needed("ORG_CODE")
        sex, age, count = row.choose("SEX", _SEXES), row.needed("AGE"), row.needed("NUMBER_OF_PATIENTS")
        row.set_aside("ONS_CODE")
        row.finish()
        if sex != "ALL" or age != "ALL":
            row.leave_out("patients by age and sex", "the graph holds totals")
        elif kind == "Comm Region":
            row.leave_out("patients of a region", "they are the sum of its boards'")
        elif code == IN_NO_NETWORK:
            row.leave_out("patients in no network", "U stands for in no network")
        else:
            found[kind][code] = count
            row.place()
    return found
