"""The readers of raw files, each against the mistake that its file invites."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from seed.build import commissioners, eligibilities, geocoded, knowledge, networks, ods, patients, practice_map
from seed.build.draft import Draft, When
from seed.build.raw import RawFolder
from seed.errors import SourceNotUnderstood
from tests.seed.rows import eligibility_row, service_row

RawMaker = Callable[..., RawFolder]

_EPRACCUR = (
    '"A81001","THE DENSHAM SURGERY","Y63","QHM","HEALTH CENTRE","LAWSON STREET","","STOCKTON","","TS18 1HU",'
    '"19740401","20240331","INACTIVE","B","16C","20200401","20240331","01642 672351","","","","1","","16C","",'
    '"RO76",""\n'
)


def test_practices_keep_the_last_day_of_their_commissioner(raw_of: RawMaker) -> None:
    """Columns are known by position; dates stay last days until they become intervals."""
    (one,) = ods.practices(raw_of({"epraccur_20260302": _EPRACCUR}))

    assert (one.code, one.status, one.commissioner, one.left) == ("A81001", "INACTIVE", "16C", date(2024, 3, 31))
    assert one.address == "HEALTH CENTRE;LAWSON STREET;STOCKTON"


@pytest.mark.parametrize(
    ("was", "now", "column"),
    [('"RO76"', '"RO999"', "roles"), ('"INACTIVE"', '"ASLEEP"', "status"), ('"Y63"', '"Y99"', "region")],
)
def test_an_unknown_category_of_epraccur_stops(raw_of: RawMaker, was: str, now: str, column: str) -> None:
    """A new role, status or region is not taken for an old one."""
    with pytest.raises(SourceNotUnderstood, match=f"column {column}"):
        ods.practices(raw_of({"epraccur_20260302": _EPRACCUR.replace(was, now)}))


def _map_row(**changes: str) -> str:
    cells = {
        "PUBLICATION": "GP_PRAC_PAT_LIST",
        "EXTRACT_DATE": "01Aug2026",
        "PRACTICE_CODE": "A81001",
        "PRACTICE_NAME": "THE DENSHAM SURGERY",
        "PRACTICE_POSTCODE": "TS18 1HU",
        "PCN_CODE": "U89141",
        "PCN_NAME": "STOCKTON PCN",
        "ONS_SUB_ICB_LOCATION_CODE": "E38000247",
        "SUB_ICB_LOCATION_CODE": "16C",
        "SUB_ICB_LOCATION_NAME": "NHS North East and North Cumbria ICB - 16C",
        "ONS_ICB_CODE": "E54000050",
        "ICB_CODE": "QHM",
        "ICB_NAME": "NHS North East and North Cumbria Integrated Care Board",
        "ONS_COMM_REGION_CODE": "E40000012",
        "COMM_REGION_CODE": "Y63",
        "COMM_REGION_NAME": "North East and Yorkshire",
        "SUPPLIER_NAME": "TPP",
    } | changes
    return ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"


def test_the_code_u_of_the_map_is_no_network(raw_of: RawMaker) -> None:
    """U means "in no network"."""
    text = _map_row(PCN_CODE="U", PCN_NAME="Unallocated")

    found = practice_map.read(raw_of({practice_map.AUGUST: text}), practice_map.AUGUST)

    assert found.networks == {}
    assert found.practices["A81001"].network == ""


@pytest.mark.parametrize(
    ("column", "value"), [("SUPPLIER_NAME", "Pen and Paper"), ("EXTRACT_DATE", "01Sep2026"), ("PUBLICATION", "OTHER")]
)
def test_an_unknown_category_of_the_map_stops(raw_of: RawMaker, column: str, value: str) -> None:
    """A new supplier, another month, another publication."""
    with pytest.raises(SourceNotUnderstood, match=f"column {column}"):
        practice_map.read(raw_of({practice_map.AUGUST: _map_row(**{column: value})}), practice_map.AUGUST)


def test_one_board_with_two_names_in_one_map_stops(raw_of: RawMaker) -> None:
    """A map that contradicts itself is not understood."""
    one, two = _map_row(), _map_row(PRACTICE_CODE="A81002", ICB_NAME="NHS Elsewhere Integrated Care Board")

    with pytest.raises(SourceNotUnderstood, match="another name"):
        practice_map.read(raw_of({practice_map.AUGUST: one + two.split("\n")[1] + "\n"}), practice_map.AUGUST)


_COMMISSIONER_HEADER = (
    "Commissioner_Code,Commissioner_Name,Status,Commissioner_Type,ODS_Role_Code,Additional_Roles,"
    "Operational_Start_Date,Legal_Start_Date,Transition_Date,Last_Change_Date,Address_Line1,Address_Line2,"
    "Address_Line3,Town,County,Postcode,Country,Predecessor_Codes,Predecessor_Count,Successor_Code,"
    "Parent_ICB_Code,Parent_ICB_Name,ODS_URI,API_Fetch_Date,API_Version"
)


def _commissioner_row(**changes: str) -> str:
    names = _COMMISSIONER_HEADER.split(",")
    cells = dict.fromkeys(names, "") | {
        "Commissioner_Code": "00C",
        "Commissioner_Name": "NHS DARLINGTON CCG",
        "Status": "Active",
        "Commissioner_Type": "CCG (Legacy)",
        "ODS_Role_Code": "RO98",
        "Legal_Start_Date": "2013-04-01",
    }
    return ",".join(names) + "\n" + ",".join((cells | changes).values()) + "\n"


def test_a_commissioning_hub_is_no_clinical_commissioning_group(raw_of: RawMaker) -> None:
    """The file calls hubs of 2013 legacy groups, and gives them no role that says otherwise."""
    text = _commissioner_row(Commissioner_Name="LONDON COMMISSIONING HUB")
    raw = raw_of({commissioners.COMMISSIONERS: text})

    found, _ = commissioners.read_commissioners(raw)

    assert found == []
    assert [kind for kind, _ in raw.files[commissioners.COMMISSIONERS].out_of_scope.values()] == ["hub"]


def test_a_closed_group_that_stands_as_active_is_a_group(raw_of: RawMaker) -> None:
    """Status is not believed: succession closes groups."""
    found, _ = commissioners.read_commissioners(raw_of({commissioners.COMMISSIONERS: _commissioner_row()}))

    assert [one.code for one in found] == ["00C"]


def test_an_unknown_type_of_commissioner_stops(raw_of: RawMaker) -> None:
    """A new type is not taken for a group."""
    with pytest.raises(SourceNotUnderstood, match="column Commissioner_Type"):
        commissioners.read_commissioners(
            raw_of({commissioners.COMMISSIONERS: _commissioner_row(Commissioner_Type="Strategic")})
        )


def _draft_of_networks() -> Draft:
    draft = Draft()
    since = When(date(2019, 4, 1))
    draft.state("GPPractice", "P1", {"name": "P", "ods_code": "P1"}, since, "epraccur")
    for code in ("U1", "U2"):
        draft.state("PrimaryCareNetwork", code, {"name": code, "ods_code": code}, since, "epcn")
    return draft


def _membership_row(network: str, joined: str, left: str) -> str:
    return f'"P1","P","16C","X","{network}","N","16C","X","{joined}","{left}","TRUE"\n'


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ([("U1", "20191001", "20200331")], [("U1", "2019-10-01", "2020-04-01")]),
        ([("U1", "20191001", "20200331"), ("U1", "20200401", "")], [("U1", "2019-10-01", "")]),
        (
            [("U1", "20191001", "20200331"), ("U1", "20210401", "")],
            [("U1", "2019-10-01", "2020-04-01"), ("U1", "2021-04-01", "")],
        ),
        (
            [("U1", "20191001", ""), ("U2", "20240701", "20240702")],
            [("U1", "2019-10-01", ""), ("U2", "2024-07-01", "2024-07-03")],
        ),
        ([("U1", "20240401", "20240401")], [("U1", "2024-04-01", "2024-04-02")]),
    ],
    ids=["the left date is the last day", "touching", "apart", "overlapping", "one day"],
)
def test_memberships_become_intervals(
    raw_of: RawMaker, rows: list[tuple[str, str, str]], spans: list[tuple[str, str, str]]
) -> None:
    """Rows of one network that touch are one membership, those apart are two, and an overlap is kept as published."""
    draft = _draft_of_networks()
    raw = raw_of(
        {networks.PARTNERS: "".join(_membership_row(*row) for row in rows), practice_map.AUGUST: _map_row()},
    )
    august = practice_map.read(raw, practice_map.AUGUST)
    august.practices.clear()

    networks.place_members(draft, ods.memberships(raw), august)

    written = [(row["end"], row["valid_from"], row["valid_to"]) for row in draft.rows["member_of.csv"]]
    assert sorted(written) == sorted(spans)


def test_a_membership_that_ends_before_it_begins_is_quarantined(raw_of: RawMaker) -> None:
    """An empty interval is not turned round."""
    raw = raw_of({networks.PARTNERS: _membership_row("U1", "20240402", "20240401"), practice_map.AUGUST: _map_row()})
    august = practice_map.read(raw, practice_map.AUGUST)
    august.practices.clear()

    networks.place_members(_draft_of_networks(), ods.memberships(raw), august)

    assert [key for key, _ in raw.files[networks.PARTNERS].quarantined.values()] == ["P1 U1"]


def test_a_trust_type_judged_from_the_name_says_so(raw_of: RawMaker) -> None:
    """An unverified type keeps its basis, and a trust of Wales is left out."""
    header = "code,name,region,icb,addr1,addr2,addr3,town,county,postcode,open,close,lad25cd,easting,northing,lat,lon,"
    text = (
        f"{header}trust_type,trust_subtype,type_source\n"
        "R0A,A,Y62,QOP,,,,,,M13 9WL,20171001,,E08000003,1,2,53.4,-2.2,Acute trust,Acute - Teaching,"
        "judged from the name; unverified\n"
        "RQF,B,,,,,,,,CF15 7QZ,20171001,,W06000015,1,2,51.5,-3.2,,,\n"
    )
    practices = "PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,SUB_ICB_LOCATION_CODE,ICB_CODE,lad25cd,"
    network = "pcn_code,pcn_name,sub_icb_code,sub_icb_name,open_date,close_date,postcode,town,lad25cd,"
    position = "easting,northing,lat,lon\n"
    raw = raw_of(
        {geocoded.TRUSTS: text, geocoded.PRACTICES: practices + position, geocoded.NETWORKS: network + position}
    )

    places = geocoded.read(raw)

    assert places.trust_types["R0A"].basis == "judged from the name; unverified"
    assert places.find("CF15 7QZ") is None
    assert len(raw.files[geocoded.TRUSTS].out_of_scope) == 1


def test_a_historic_name_of_a_host_is_no_past_service(raw_of: RawMaker) -> None:
    """Only the status "historic host or service" marks one that is past."""
    (named,) = knowledge.read(raw_of({knowledge.SERVICES: service_row()}))
    (past,) = knowledge.read(raw_of({knowledge.SERVICES: service_row(status="historic host or service")}))

    assert (named.is_past, past.is_past) == (False, True)


@pytest.mark.parametrize(("column", "value"), [("status", "closed?"), ("host_match", "guess"), ("gathered", "fourth")])
def test_an_unknown_category_of_services_stops(raw_of: RawMaker, column: str, value: str) -> None:
    """A status that is not understood says nothing about a service."""
    with pytest.raises(SourceNotUnderstood, match=f"column {column}"):
        knowledge.read(raw_of({knowledge.SERVICES: service_row(**{column: value})}))


def test_a_month_named_as_the_last_ends_with_its_last_day(raw_of: RawMaker) -> None:
    """Funding to September 2024 is over on 1 October."""
    (one,) = eligibilities.read(raw_of({eligibilities.ELIGIBILITY: eligibility_row(valid_to="2024-09")}))

    assert one.valid_to is not None
    assert (one.valid_to.end, one.valid_to.precision) == (date(2024, 10, 1), "MONTH")


@pytest.mark.parametrize(
    ("column", "value"),
    [("group", "dentists"), ("area_kind", "parish"), ("terms", "barter"), ("basis", "rumour"), ("evidence", "hoped")],
)
def test_an_unknown_category_of_eligibilities_stops(raw_of: RawMaker, column: str, value: str) -> None:
    """Whom a service serves is never guessed."""
    with pytest.raises(SourceNotUnderstood, match=f"column {column}"):
        eligibilities.read(raw_of({eligibilities.ELIGIBILITY: eligibility_row(**{column: value})}))


def test_patients_in_no_network_are_no_networks_patients(raw_of: RawMaker) -> None:
    """Totals are kept by body; U, age and sex are counted and left out."""

    text = (
        "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
        "GP_PRAC_PAT_LIST,2026-08-01,PCN,U,,ALL,ALL,219236\n"
        "GP_PRAC_PAT_LIST,2026-08-01,PCN,U00000,,ALL,ALL,58688\n"
        "GP_PRAC_PAT_LIST,2026-08-01,PCN,U00000,,MALE,ALL,29000\n"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("patients.csv", text)
    raw = raw_of({patients.PATIENTS: content.getvalue()})

    found = patients.read(raw)

    assert found["PCN"] == {"U00000": "58688"}
    raw.files[patients.PATIENTS].prove()
