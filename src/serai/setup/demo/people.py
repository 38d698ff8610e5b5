"""The sample's organisations and people: nobody real, addresses under `.example`."""

from dataclasses import dataclass
from datetime import date, datetime

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members import actions, queries
from serai.members.actions import OrganisationRow, SampleGrant, SamplePerson
from serai.members.states import OrganisationKind, Role

ADDRESS = "{name}@sample.example"
SINCE = date(2021, 1, 1)
EXPERT_DAYS = 364

ORGANISATIONS = (
    ("sample-agency-a-geo", "GEO", "Sample agency A (Georgia)", "Образец: ведомство A (Грузия)"),
    ("sample-agency-b-geo", "GEO", "Sample agency B (Georgia)", "Образец: ведомство B (Грузия)"),
    ("sample-agency-a-kaz", "KAZ", "Sample agency A (Kazakhstan)", "Образец: ведомство A (Казахстан)"),
    ("sample-agency-a-uzb", "UZB", "Sample agency A (Uzbekistan)", "Образец: ведомство A (Узбекистан)"),
    ("sample-agency-b-uzb", "UZB", "Sample agency B (Uzbekistan)", "Образец: ведомство B (Узбекистан)"),
)  # fmt: skip
# Further agencies, which nobody of the cast plays: they answered the earlier round.
FURTHER = (
    ("b", "KAZ", "Kazakhstan", "Казахстан"),
    ("a", "AZE", "Azerbaijan", "Азербайджан"),
    ("b", "AZE", "Azerbaijan", "Азербайджан"),
    ("a", "KGZ", "Kyrgyz Republic", "Кыргызская Республика"),
    ("a", "MNG", "Mongolia", "Монголия"),
    ("b", "MNG", "Mongolia", "Монголия"),
    ("a", "PAK", "Pakistan", "Пакистан"),
    ("b", "PAK", "Pakistan", "Пакистан"),
    ("a", "TJK", "Tajikistan", "Таджикистан"),
)
COUNTRIES = ("GEO", "KAZ", "MNG", "UZB")  # whose people the cast below plays
PARTNER = ("sample-partner", "Sample partner organisation", "Образец: организация-партнер")


@dataclass(frozen=True)
class Cast:
    """One person of the sample with what they may do."""

    name: str
    full_name: str
    grant: SampleGrant
    language: str = "en"
    time_zone: str = "Asia/Manila"


def cast(today: date) -> tuple[Cast, ...]:
    """Return everybody, in the order in which sign-in links are listed."""
    expert_until = date.fromordinal(today.toordinal() + EXPERT_DAYS)
    virtual = ("virtual-carec",)
    return (
        Cast("officer", "Sample officer", SampleGrant(Role.OFFICER)),
        Cast("coordinator", "Sample coordinator", SampleGrant(Role.COORDINATOR)),
        Cast("coordinator.two", "Sample second coordinator", SampleGrant(Role.COORDINATOR)),
        Cast("focal.geo", "Sample focal point (Georgia)", SampleGrant(Role.FOCAL_POINT, iso3="GEO"),
             time_zone="Asia/Tbilisi"),
        Cast("focal.uzb", "Sample focal point (Uzbekistan)",
             SampleGrant(Role.FOCAL_POINT, iso3="UZB"), "ru", "Asia/Tashkent"),
        Cast("focal.kaz", "Sample focal point (Kazakhstan)",
             SampleGrant(Role.FOCAL_POINT, iso3="KAZ"), "ru", "Asia/Almaty"),
        Cast("deputy.geo", "Sample deputy (Georgia)", SampleGrant(Role.DEPUTY, iso3="GEO"),
             time_zone="Asia/Tbilisi"),
        Cast("committee.mng", "Sample committee reader (Mongolia)",
             SampleGrant(Role.COMMITTEE, iso3="MNG"), time_zone="Asia/Ulaanbaatar"),
        Cast("lead.geo", "Sample lead (agency A, Georgia)",
             SampleGrant(Role.LEAD, organisation_code="sample-agency-a-geo", title="Head of ICT"),
             time_zone="Asia/Tbilisi"),
        Cast("contributor.geo", "Sample contributor (agency A, Georgia)",
             SampleGrant(Role.CONTRIBUTOR, organisation_code="sample-agency-a-geo",
                         title="Network engineer"), time_zone="Asia/Tbilisi"),
        Cast("expert", "Sample expert", SampleGrant(
            Role.EXPERT, iso3="GEO", initiatives=virtual, from_on=today, until_on=expert_until)),
        Cast("partner", "Sample partner", SampleGrant(
            Role.PARTNER, organisation_code=PARTNER[0], initiatives=("digital-strategy-2030",))),
        Cast("participant", "Sample participant", SampleGrant(Role.PARTICIPANT)),
        Cast("administrator", "Sample administrator", SampleGrant(Role.ADMINISTRATOR)),
    )  # fmt: skip


def further_code(letter: str, iso3: str) -> str:
    """Return the code of a further agency, written as the others' are."""
    return f"sample-agency-{letter}-{iso3.lower()}"


def put_people(now: datetime) -> dict[str, Viewer]:
    """Enter the organisations, the people and their roles; return each as a viewer."""
    for code, iso3, english, russian in ORGANISATIONS:
        _put(code, english, russian, OrganisationKind.GOVERNMENT, iso3, now)
    for letter, iso3, english, russian in FURTHER:
        _put(
            further_code(letter, iso3), f"Sample agency {letter.upper()} ({english})",
            f"Образец: ведомство {letter.upper()} ({russian})", OrganisationKind.GOVERNMENT, iso3,
            now,
        )  # fmt: skip
    _put(*PARTNER, OrganisationKind.INTERNATIONAL, "", now)
    viewers = {}
    for one in cast(now.date()):
        person = actions.put_sample_person(
            facts=SamplePerson(
                email=ADDRESS.format(name=one.name),
                full_name=one.full_name,
                language=one.language,
                time_zone=one.time_zone,
            ),
            now=now,
        )
        actions.put_sample_grant(person=person, facts=one.grant, now=now)
        viewers[one.name] = queries.viewer_of(person, now)
    return viewers


def _put(
    code: str, english: str, russian: str, kind: OrganisationKind, iso3: str, now: datetime
) -> None:
    actions.put_organisation(
        facts=OrganisationRow(
            code=code,
            names=TranslatedText.of(english).with_text("ru", russian),
            kind=kind,
            iso3=iso3,
            sample=True,
        ),
        now=now,
    )
