"""E-mail that comes in: who writes to an address of the house becomes a lead, or is known (LEA-2).

Addresses name a mailbox that is looked into each minute; letters also come by the API and by a mail server's
pipe. Each letter is taken once and stands in a log with what became of it. Sending mail is not done here, nor
is anything known of leads but that somebody wrote.
"""
