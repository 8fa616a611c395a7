"""What can go wrong with the server, in words for the person at the command line."""


class ServerError(Exception):
    """The database can't be used as things are; the message says why and what helps."""
