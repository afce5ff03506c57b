"""What can go wrong, said so that a tired person knows what to do next."""


class VoiceCheckinError(Exception):
    """The base of all our errors; its text is one plain sentence for the people at the table."""


class SettingsError(VoiceCheckinError):
    """A setting or an option that cannot be used."""


class ContentError(VoiceCheckinError):
    """A content file that cannot be used; the text names the file and the place."""


class EngineMissing(VoiceCheckinError):
    """A voice or an ear whose program, library or model is not installed."""


class SoundUnavailable(VoiceCheckinError):
    """No microphone or no speaker can be opened."""


class DeviceLost(VoiceCheckinError):
    """A sound device stopped delivering frames while it was in use."""


class UnreadableSound(VoiceCheckinError):
    """A sound file that cannot be read."""
