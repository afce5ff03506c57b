"""How sittings lie in the store: the story so far, the last sitting's marks, and past evenings.

The marks stay apart from the story until the next sitting begins, so that the last evening can be
forgotten without a trace in the story. Each sitting whose dates may be kept renews the story's
term; past evenings and keepsakes keep their own.
"""

from dataclasses import replace
from datetime import date, datetime

from voicecheckin.keeping import kept as data
from voicecheckin.keeping.kept import AGREEMENTS, Keepsake, Kept, Marks, PastEvening, Story
from voicecheckin.keeping.store import Kind, Store


def read_all(store: Store, now: datetime) -> Kept:
    """Everything a sitting may know when it begins."""
    story, place = _story(store), None
    past = [data.unpacked_past(record.content) for record in store.find(Kind.PAST)]
    for record in store.find(Kind.MARKS):
        marks = data.unpacked_marks(record.content)
        story, place = data.folded(story, marks), data.resumable(marks, now)
        past.append(PastEvening(marks.day, marks.offered))
    invitations = store.find(Kind.INVITED)
    return Kept(
        story.journey,
        story.round,
        story.next_date,
        place,
        tuple(Keepsake(number, day) for number, day in store.days(Kind.KEEPSAKE)),
        tuple(past),
        invitations[0].day if invitations else None,
    )


def begin_sitting(store: Store, marks: Marks, days: int) -> Marks:
    """Make the last sitting part of the story, and begin with fresh *marks*."""
    with store.writing():
        story = _story(store)
        for record in store.find(Kind.MARKS):
            last = data.unpacked_marks(record.content)
            story = data.folded(story, last)
            past = data.packed_past(PastEvening(last.day, last.offered))
            store.add(Kind.PAST, record.day, record.term, past)
        _replace_story(store, story, marks.day, days)
        replace_marks(store, marks, days)
    return marks


def resume_sitting(store: Store, memory: str, days: int) -> Marks:
    """Go on with the last sitting; what *memory* no longer allows is deleted."""
    with store.writing():
        [record] = store.find(Kind.MARKS)
        marks = replace(data.unpacked_marks(record.content), memory=memory)
        if memory != AGREEMENTS:
            store.drop(Kind.KEEPSAKE, marks.day)
        replace_marks(store, marks, days)
    if memory != AGREEMENTS:
        store.scrub()
    return marks


def replace_marks(store: Store, marks: Marks, days: int) -> None:
    """Put these marks in the place of the former ones; inside `store.writing`."""
    store.drop(Kind.MARKS)
    store.add(Kind.MARKS, marks.day, days, data.packed_marks(marks))


def forget_sitting(store: Store, days: int) -> None:
    """Delete the last sitting's marks and keepsakes; the story ends when it would have ended."""
    with store.writing():
        for _, day in store.days(Kind.MARKS):
            store.drop(Kind.KEEPSAKE, day)
        store.drop(Kind.MARKS)
        if store.vault is not None:
            story = _story(store)
            if story.journey.last is not None:
                _replace_story(store, story, story.journey.last, days)
    store.scrub()


def _story(store: Store) -> Story:
    records = store.find(Kind.STORY)
    return data.unpacked_story(records[0].content) if records else Story()


def _replace_story(store: Store, story: Story, day: date, days: int) -> None:
    store.drop(Kind.STORY)
    if story.journey.known:
        store.add(Kind.STORY, day, days, data.packed_story(story))
