"""Imports bring a file of customers, contacts or activities into the house: read, corrected, mapped,
checked as
a whole, run as a job, told row by row, and undone. What a customer may be is decided below, in `customers`;
this app only reads files, asks what is unclear and hands clean drafts down."""
