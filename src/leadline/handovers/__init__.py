"""What somebody is responsible for goes over to others: leavers, absences, changes of owner (PPL-1, SIG-10).

Apps above register what can be owned, and what a new owner should read about it; this app knows neither.
"""
