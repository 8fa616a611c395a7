from leadline.core.refusals import RuleBroken


class UnreadableFile(RuleBroken):
    """The file can't be read, in words that tell the person what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")
