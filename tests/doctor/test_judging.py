"""What a measurement means."""

from datetime import datetime

import pytest

from voicecheckin.doctor import judging
from voicecheckin.doctor.findings import Finding, Health, ok, worst
from voicecheckin.doctor.judging import Person, Reply
from voicecheckin.doctor.measuring import Measured

FINE = Measured(-60.0, 0.1, -6.0, 0.0)
UNHEARD = Measured(-60.0, None, -200.0, 0.0)
TODAY = datetime(2026, 12, 24, 18)

JUDGED = [
    (judging.of_noise(-60.0), Health.OK),
    (judging.of_noise(-30.0), Health.LOOK),
    (judging.of_noise(-200.0), Health.LOOK),
    (judging.of_echo(FINE, None), Health.OK),
    (judging.of_echo(Measured(-60.0, 0.6, -6.0, 0.0), None), Health.LOOK),
    (judging.of_echo(Measured(-60.0, 0.9, -6.0, 0.0), None), Health.BROKEN),
    (judging.of_echo(Measured(-60.0, 0.1, 9.0, 0.0), None), Health.LOOK),
    (judging.of_echo(UNHEARD, None), Health.BROKEN),
    (judging.of_echo(UNHEARD, Person(Reply.NOBODY, 0.0)), Health.BROKEN),
    (judging.of_echo(UNHEARD, Person(Reply.UNDERSTOOD, 20.0)), Health.OK),
    (judging.of_clipping(0.0), Health.OK),
    (judging.of_clipping(0.02), Health.LOOK),
    (judging.of_person(Person(Reply.UNDERSTOOD, 20.0)), Health.OK),
    (judging.of_person(Person(Reply.UNDERSTOOD, 5.0)), Health.LOOK),
    (judging.of_person(Person(Reply.UNCLEAR, 20.0)), Health.LOOK),
    (judging.of_person(Person(Reply.NOBODY, 0.0)), Health.LOOK),
    (judging.of_disk(10**10), Health.OK),
    (judging.of_disk(2 * 10**8), Health.LOOK),
    (judging.of_disk(10**7), Health.BROKEN),
    (judging.of_temperature(45.0), Health.OK),
    (judging.of_temperature(75.0), Health.LOOK),
    (judging.of_temperature(85.0), Health.BROKEN),
    (judging.of_throttling(0), Health.OK),
    (judging.of_throttling(0x50005), Health.LOOK),
    (judging.of_throttling(0x50000), Health.LOOK),
    (judging.of_time(TODAY, True), Health.OK),
    (judging.of_time(TODAY, None), Health.OK),
    (judging.of_time(TODAY, False), Health.LOOK),
    (judging.of_time(datetime(1970, 1, 1), False), Health.BROKEN),
]


@pytest.mark.parametrize(("finding", "state"), JUDGED)
def test_each_thing_is_judged(finding: Finding, state: Health) -> None:
    assert finding.state is state


@pytest.mark.parametrize("finding", [finding for finding, _ in JUDGED])
def test_whatever_is_not_well_comes_with_what_to_do(finding: Finding) -> None:
    assert bool(finding.advice) == (finding.state is not Health.OK)


def test_throttling_tells_now_from_earlier() -> None:
    assert judging.of_throttling(0x50005).found == "now: too little voltage, throttled"
    assert judging.of_throttling(0x20000).found == "since its start: a lowered clock"


def test_the_whole_is_as_good_as_its_worst_part() -> None:
    fine, noisy, full = ok("a", "a", "a"), judging.of_noise(-30.0), judging.of_disk(0)
    assert worst([]) is Health.OK
    assert worst([fine, noisy, fine]) is Health.LOOK
    assert worst([full, noisy, fine]) is Health.BROKEN
