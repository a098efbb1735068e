"""A school without an account is written to on paper, joins by the code of the letter, and says yes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from accounts import second_factors
from mingle.demo import mail
from organisations import steps
from organisations.actions import members
from organisations.models import Application, Organisation, Role
from pages.actions import tree
from schools.models import PaperLetter, Twinning
from tests.factories.applications import application_answers
from tests.factories.organisations import answers, make_organisation, make_place
from tests.factories.paper_letters import OWN
from tests.factories.people import make_user
from tests.factories.registers import make_school
from tests.journeys.applying import fill_steps, sign
from tests.journeys.conftest import LiveSite
from tests.journeys.faults import faults_now
from tests.journeys.signed_in import arrive, enter
from tests.journeys.signing_up import CODE, in_last_mail, press

pytestmark = pytest.mark.slow

WIDTH = 360
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_a_school_without_an_account_is_written_to_joins_by_its_code_and_says_yes(
    live_site: LiveSite, chromium: Browser, axe: str, tmp_path: Path
) -> None:
    tree.plant()
    officer = make_user("officer@example.org")
    members.appoint(place=make_place(), user=officer, by=None)
    second_factors.enrol_app(officer)
    heron, lark = make_school(), make_school(900_011, "Larkfield Primary School", latitude=53.75)
    asking = make_organisation(heron.name, kind="school", urn=heron.pk, slug="heron")
    head = make_user("head@heron.example")
    members.join(organisation=asking, user=head, role=Role.OWNER, by=None)

    # Ask.
    page = enter(chromium, live_site.url, head, WIDTH)
    page.goto("/organise/organisations/heron/")
    page.get_by_role("link", name="Our twinnings").click()
    page.get_by_role("link", name="Ask a school").click()
    page.get_by_label("Its name").fill("larkfeld")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=lark.name).click()
    page.get_by_label("What would you like to do together?").fill("Let us sing.\nAnd plant a garden.")
    page.get_by_label("Whom can they ring or write to at your school?").fill("Amina Reid, 01632 960200")
    press(page, "Propose it")
    expect(page.get_by_role("status")).to_contain_text("Now post them a letter.")
    made = Twinning.objects.get()

    # Write the letter: what it looks like before, what is wrong, and the paper with its code.
    page.get_by_role("link", name="Write the letter").click()
    expect(page.get_by_text("····-····-····-····")).to_be_visible()
    assert faults_now(page, axe) == []
    page.get_by_label("What one coach costs there and back, in pounds").fill("a lot")
    press(page, "Write the letter")
    expect(page.get_by_text("Enter a whole number.")).to_be_visible()
    page.get_by_label("What one coach costs there and back, in pounds").fill("320")
    press(page, "Write the letter")
    expect(page.get_by_role("status")).to_contain_text("The code is shown this once")
    expect(page.get_by_text("One coach there and back costs £320")).to_be_visible()
    assert faults_now(page, axe) == []
    code = page.locator(".sheet__code").inner_text()
    assert PaperLetter.objects.open().count() == 1
    printed = tmp_path / "letter.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    assert len(PAGE.findall(printed.read_bytes())) == 3
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Back to the twinning")).to_be_hidden()
    expect(page.locator(".sheet__square svg")).to_be_visible()
    page.context.close()

    # Somebody there scans it, signs up, and is brought back with the code filled in.
    page = arrive(chromium, live_site.url, WIDTH)
    page.goto(f"/join/?code={code}")
    assert page.context.cookies() == []
    page.get_by_role("main").get_by_role("link", name="Make an account").click()
    page.get_by_label("First name").fill("Tom")
    page.get_by_label("Last name").fill("Hale")
    page.get_by_label("Email address").fill("tom@larkfield.example")
    page.get_by_label("Password").fill("a quiet purple otter")
    press(page, "Make an account")
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.get_by_label("The code from your mail").fill(in_last_mail(live_site.mail, CODE))
    press(page, "Go on")
    field = page.get_by_label("The code from the letter")
    expect(field).to_have_value(code)
    assert faults_now(page, axe) == []
    field.fill("7K2M-9QXD-4TBH-R0WC")
    press(page, "Use the code")
    expect(page.get_by_text("This code does not work.")).to_be_visible()
    expect(field).to_have_value("7K2M-9QXD-4TBH-R0WC")
    field.fill(code.lower().replace("-", " "))
    press(page, "Use the code")
    expect(page.get_by_role("status")).to_contain_text("The code is right.")
    page.get_by_role("link", name="Who you are").click()
    expect(page.get_by_label("Its name")).to_have_value("Larkfield Primary School")
    expect(page.get_by_label("School: your register number")).to_have_value("900011")
    assert faults_now(page, axe) == []

    # Who they are is filled in; the rest is filled in as everybody's is, signed and sent.
    press(page, "Save and go on")
    said = {**answers(), **application_answers()}
    fill_steps(page, steps.OF_APPLICATION[1:], {key: said[key] for key in said.keys() - OWN})
    sign(page, "Sign and send", name="Tom Hale", role="head teacher")
    expect(page.get_by_role("status")).to_contain_text("Sent.")
    sent = Application.objects.get()
    assert (sent.name, sent.urn, sent.applicant.email) == (lark.name, lark.pk, "tom@larkfield.example")

    # The officer reads that they have the letter, and approves it.
    desk = enter(chromium, live_site.url, officer, WIDTH)
    desk.goto("/cms/desk/")
    desk.get_by_role("link", name=re.compile("Larkfield Primary School")).first.click()
    expect(desk.get_by_text(f"They used the code of a letter that was posted to {lark}.")).to_be_visible()
    desk.get_by_label(re.compile("Approve")).check()
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_text("Larkfield Primary School is approved.")).to_be_visible()
    desk.context.close()
    joined = Organisation.objects.get(urn=lark.pk)
    told = [each for each in mail.letters(live_site.mail) if each.subject == f"Now you can answer {heron}"]
    link = re.search(r"/organise/schools/\S+", told[0].text)[0]

    # The mail leads to the twinning, which waits for their answer.
    page.goto(link)
    expect(page.get_by_text("It waits for your answer.")).to_be_visible()
    page.get_by_label("Whom can they ring or write to at your school?").fill("Tom Hale, 01632 960300")
    press(page, "Yes, we want to")
    expect(page.get_by_role("status")).to_contain_text("You have said yes.")
    expect(page.get_by_text("Amina Reid, 01632 960200")).to_be_visible()
    page.context.close()
    made.refresh_from_db()
    assert (made.state, made.contact_of(lark), joined.state) == (
        "agreed",
        "Tom Hale, 01632 960300",
        "verified",
    )
