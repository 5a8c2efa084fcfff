"""HSCB's 2014-15, filled in as an author would: invented figures, and last year's folder beside it.

It needs no change of code: another course, a third programme of audits, figures of its own.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from examples.invent.writing import confirm_years

TABLES = {
    "contributions": """
        agency,organisation,amount
        herefordshire_council,Herefordshire Council,131000
        west_mercia_police,West Mercia Police,29300
        youth_offending_service,Youth Offending Service,1000
        cafcass,CAFCASS,550
    """,
    "expenditure": """
        line,statutory_heading,amount
        Independent Chair,other,21500
        Business Unit staff and costs,other,119000
        Case reviews,case_reviews,18400
    """,
    "fund_balances": """
        balance,amount
        brought_forward,26979
        carried_forward,29929
    """,
    "membership": """
        agency,role,people,organisation
        hscb,Independent Chair,1,HSCB
        herefordshire_council,Director of Children's Wellbeing,1,Herefordshire Council
    """,
    "referrals": """
        stream,received
        children,8
    """,
    "referral_outcomes": """
        stream,outcome,referrals,method
        children,serious_case_review,1,silp
        children,not_met,5,
        children,open,2,
    """,
    "audit_programme": """
        activity,number,cases
        thematic,3,24
    """,
    "audits": """
        audit,programme,programme_title,subject,first_audit,review_audit
        plans,plans,Child protection plans,Plans,2014-M05,2014-M11
        neglect,neglect,Neglect,Neglect,2014-M06,2015-M01
        missing,missing,Children who go missing,Return interviews,2014-M09,
    """,
    "audit_findings": """
        finding,title,programme,initial,review,impact,status
        vague_plans,Vague plans,plans,Plans were vague,They name who does what,Clearer,resolved
        late_steps,Late steps,neglect,Steps came late,They still do,None seen,not_improved
        no_interview,No interview,missing,Few were held,Not yet looked at,Not known,not_reviewed
    """,
    "child_deaths": """
        counted,dimension,category,children
        deaths,total,all,4
        reviews,total,all,3
    """,
    "training_offers": """
        offer,title,theme,level,mode
        neglect_course,Recognising neglect,Neglect,targeted,course
        briefing,Morning briefing,Neglect,universal,event
    """,
    "training_deliveries": """
        offer,first_month,last_month,sessions,attended,counted_as,in_total
        neglect_course,2014-M04,2015-M03,6,113,attendees,unknown
        briefing,2014-M10,2014-M10,1,41,practitioners,unknown
    """,
    "measurements": """
        measure,area,period,qualifier,value
        first_time_entrants,Herefordshire,2014-15,,160
        population,Herefordshire,2013,,186000
        under_18,Herefordshire,2013,approximately,36000
    """,
}
TEXT = """\
# The review of the year

The Board spent {{ budget.spend }} ({{ budget.spend.trend }}), {{ budget.spend.change }} than in \
{{ previous_year }}, when it was {{ budget.spend.previous }}. It received \
{{ case_reviews.referrals.counted }}, {{ case_reviews.referrals.trend }}.

In {{ year }}, {{ context.first_time_entrants }} young people entered the youth justice system for \
the first time ({{ context.first_time_entrants.trend }}). The course on neglect reached \
{{ training.attended_neglect_course.counted }} ({{ training.attended_neglect_course.trend }}).
"""
SETTINGS = 'year = "2014-15"\nkind = "example"\nstatus = "final"\n'


def write_next_year(data: Path, **other: str) -> Path:
    """Write the year into a data root; `other` stand in the place of its tables, "" for none.

    What it lacks of the first year's, and what it has of it, is confirmed.
    """
    folder = data / "2014-15"
    (folder / "text").mkdir(parents=True)
    (folder / "year.toml").write_text(SETTINGS, "utf-8")
    (folder / "text" / "review-of-the-year.md").write_text(TEXT, "utf-8")
    for name, text in (TABLES | other).items():
        if text:
            (folder / f"{name}.csv").write_text(dedent(text).lstrip(), "utf-8")
    confirm_years(data)
    return folder
