"""The table after a rehearsal."""

from rich.table import Table

from voicecheckin.rooms.times import Airtime, Misheard, Times


def minutes(seconds: float) -> str:
    """Seconds as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def table_of_times(times: Times, misheard: Misheard, names: tuple[str, str]) -> Table:
    """Who spoke how long, the silences, and what was misheard."""
    table = Table("", "spoke", "share", "stretches", "longest pause", title="Times")
    rows = {
        "the device": times.device,
        names[0]: times.partners[0],
        names[1]: times.partners[1],
        "one of the two": times.partners[None],
    }
    for who, airtime in rows.items():
        table.add_row(who, *_row(airtime, times.seconds))
    table.add_row("nobody", minutes(times.quiet), _share(times.quiet, times.seconds), "", "")
    table.add_section()
    table.add_row("whole sitting", minutes(times.seconds), times.ending)
    table.add_row("understood", str(misheard.right))
    table.add_row("asked again", str(misheard.asked_again))
    table.add_row("not heard", str(misheard.missed))
    wrong = [f"{meant} > {taken} ({n})" for (meant, taken), n in misheard.wrong.items()]
    table.add_row("misheard", str(misheard.wrong.total()), "\n".join(wrong))
    return table


def _row(airtime: Airtime, whole: float) -> tuple[str, str, str, str]:
    pause = f"{airtime.longest_pause:.1f} s" if airtime.longest_pause else ""
    return (
        minutes(airtime.seconds),
        _share(airtime.seconds, whole),
        str(airtime.stretches),
        pause,
    )


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else ""
