"""What every address and every operation answers, for people to read (PPL-4, ALL-3).

One line for each method of each address: what it asks for | what it answers who may | what the test sends.
A new address needs its line here; the test finds it by itself and says which is missing.

What it asks for:
  anybody        also who has not signed in
  signed in      whoever works here; what is not theirs does not appear in it
  OBJECT VERB    a role with this permission. Where the address names a customer, or what belongs to one: on
                 the records within the role's scope (people/provided_roles.py). Who sees the record and may
                 not, gets 403; who does not see it, 404, as for one that is not there.
  mine           whoever made it; for all others it is not there
  job read       whoever made it, and whoever may see all jobs
  job write      whoever made it, and an administrator; 403 for others who see it
  import read    whoever made it and may import, and whoever may see all jobs
  import write   whoever made it and may import, and an administrator; 403 for others who see it
  handover read  whoever started it or has it as a sheet, whoever assigns all customers, and whoever may see all jobs
  handover write whoever started it, and who manages people; 403 for others who see it
  sheet accept   whoever it is for; 403 for others who see it
What it answers is for who may; 403 is for who may not, unless another stands in brackets.
Who has not signed in is sent to the sign-in page (302), a program without a token gets 401.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from leadline.people.provided_roles import provided_grants

TABLE = """
GET   ""                                               | signed in       | 302

GET   healthz                                          | anybody         | 200

POST  theme                                            | anybody         | 302

POST  language                                         | anybody         | 302

GET   palette                                          | signed in       | 200

GET   welcome/                                         | anybody         | 302
POST  welcome/                                         | anybody         | 302
GET   welcome/administrator                            | anybody         | 302
POST  welcome/administrator                            | anybody         | 302
GET   welcome/data                                     | anybody         | 302
POST  welcome/data                                     | anybody         | 302
GET   welcome/proposal                                 | anybody         | 200

GET   sign-in                                          | anybody         | 302
POST  sign-in                                          | anybody         | 302

POST  sign-out                                         | signed in       | 302

GET   confirm                                          | signed in       | 200
POST  confirm                                          | signed in       | 422

GET   me/security                                      | signed in       | 200
POST  me/password                                      | signed in       | 422
POST  me/sessions/<int:pk>/end                         | mine            | 302
POST  me/sessions/end-others                           | signed in       | 302
POST  me/sessions/end-all                              | signed in       | 302

GET   settings/signing-in                              | settings manage | 200
POST  settings/signing-in                              | settings manage | 422

GET   me                                               | signed in       | 200
POST  me                                               | signed in       | 422
POST  me/tokens                                        | signed in       | 422
POST  me/tokens/<int:pk>/revoke                        | mine            | 302

GET   people                                           | signed in       | 200
GET   people/add                                       | user manage     | 200
POST  people/add                                       | user manage     | 422
GET   people/<int:pk>                                  | user manage     | 200
POST  people/<int:pk>                                  | user manage     | 422
POST  people/<int:pk>/password                         | user manage     | 302     | password=a lead line of 30 fathoms
GET   people/<int:pk>/work                             | signed in       | 200
POST  people/<int:pk>/hours                            | user manage     | 302     | monday=09:00-17:00
POST  people/<int:pk>/skills                           | user manage     | 302
POST  people/<int:pk>/absences                         | user manage     | 302     | begins_on=2027-01-04&ends_on=2027-01-08&kind=holiday
GET   people/<int:pk>/absences/<int:absence>           | user manage     | 404
POST  people/<int:pk>/absences/<int:absence>           | user manage     | 404
POST  people/<int:pk>/absences/<int:absence>/remove    | signed in       | 404
GET   people/options                                   | signed in       | 200

GET   teams                                            | signed in       | 200
GET   teams/add                                        | user manage     | 200
POST  teams/add                                        | user manage     | 302     | name=East
GET   teams/<int:pk>                                   | signed in       | 200
POST  teams/<int:pk>                                   | user manage     | 422
POST  teams/<int:pk>/archive                           | user manage     | 422 (422)
POST  teams/<int:pk>/restore                           | user manage     | 302
POST  teams/<int:pk>/remove                            | user manage     | 422

GET   settings                                         | settings manage | 200
POST  settings                                         | settings manage | 422

GET   settings/skills                                  | signed in       | 200
GET   settings/skills/add                              | user manage     | 200
POST  settings/skills/add                              | user manage     | 302     | name=Thai&kind=language
GET   settings/skills/<int:pk>                         | user manage     | 200
POST  settings/skills/<int:pk>                         | user manage     | 302     | name=Dutch&kind=language
GET   settings/skills/<int:pk>/merge                   | user manage     | 200
POST  settings/skills/<int:pk>/merge                   | user manage     | 422
POST  settings/skills/<int:pk>/retire                  | user manage     | 302
POST  settings/skills/<int:pk>/bring-back              | user manage     | 302

GET   roles                                            | signed in       | 200
GET   roles/<slug:key>                                 | signed in       | 200
POST  roles/<slug:key>                                 | user manage     | 302     | name=Product
POST  roles/<slug:key>/effect                          | user manage     | 200     | name=Product
GET   roles/<slug:key>/clone                           | user manage     | 200
POST  roles/<slug:key>/clone                           | user manage     | 302     | name=Copy
GET   roles/<slug:key>/retire                          | user manage     | 200
POST  roles/<slug:key>/retire                          | user manage     | 302
GET   roles/<slug:key>/bring-back                      | user manage     | 200
POST  roles/<slug:key>/bring-back                      | user manage     | 302
GET   roles/<slug:key>/reset                           | user manage     | 200
POST  roles/<slug:key>/reset                           | user manage     | 302

GET   notifications/                                   | signed in       | 200
GET   notifications/bell                               | signed in       | 200
POST  notifications/read                               | signed in       | 302
POST  notifications/<int:pk>                           | mine            | 302

GET   customers/                                       | signed in       | 200
GET   customers/count                                  | signed in       | 200
GET   customers/filter                                 | signed in       | 200
GET   customers/columns                                | signed in       | 200
GET   customers/views/save                             | signed in       | 200
POST  customers/views/save                             | signed in       | 422
GET   customers/views/<int:pk>/change                  | mine            | 200
POST  customers/views/<int:pk>/change                  | mine            | 422
POST  customers/views/<int:pk>/remove                  | mine            | 302
GET   customers/views/counts                           | signed in       | 200
GET   customers/bulk/<slug:verb>                       | customer edit   | 302
POST  customers/bulk/<slug:verb>                       | customer edit   | 200
GET   customers/export                                 | customer export | 200
POST  customers/export                                 | customer export | 200
GET   customers/options                                | signed in       | 200
GET   customers/add                                    | customer create | 200
POST  customers/add                                    | customer create | 302     | name=A&email=a@example.com
GET   customers/<int:pk>/                              | customer view   | 200
GET   customers/<int:pk>/contacts                      | customer view   | 200
GET   customers/<int:pk>/activities                    | customer view   | 200
GET   customers/<int:pk>/notes                         | customer view   | 200
GET   customers/<int:pk>/history                       | customer view   | 200
GET   customers/<int:pk>/edit                          | customer edit   | 200
POST  customers/<int:pk>/edit                          | customer edit   | 422
GET   customers/<int:pk>/assign                        | customer view   | 200
POST  customers/<int:pk>/assign                        | customer assign | 302     | owner={me}
GET   customers/<int:pk>/tag                           | customer view   | 200
POST  customers/<int:pk>/tag                           | customer edit   | 302     | add=nets
GET   customers/<int:pk>/status                        | customer view   | 200
POST  customers/<int:pk>/status                        | customer edit   | 302     | status=churned
GET   customers/<int:pk>/block                         | customer view   | 200
POST  customers/<int:pk>/block                         | customer block  | 302     | reason=Fraud
POST  customers/<int:pk>/unblock                       | customer block  | 422
POST  customers/<int:pk>/archive                       | customer archive | 302
POST  customers/<int:pk>/restore                       | customer archive | 422
GET   customers/<int:pk>/contacts/add                  | customer view   | 200
POST  customers/<int:pk>/contacts/add                  | customer edit   | 302 (422) | name=A&email=a@example.com

GET   contacts/<int:pk>/edit                           | customer view   | 200
POST  contacts/<int:pk>/edit                           | customer edit   | 302/422   | name=A&email=a@example.com
GET   contacts/<int:pk>/consent                        | customer view   | 200
POST  contacts/<int:pk>/consent                        | customer edit   | 302 | channel=email&state=given&stated_on=2026-01-31&source=Form
GET   sensitive/<slug:kind>/<int:pk>                   | signed in       | 404
POST  sensitive/<slug:kind>/<int:pk>                   | signed in       | 404
POST  sensitive/<slug:kind>/<int:pk>/reveal            | signed in       | 404
POST  contacts/<int:pk>/primary                        | customer edit   | 302
POST  contacts/<int:pk>/archive                        | customer edit   | 302
POST  contacts/<int:pk>/restore                        | customer edit   | 302
GET   contacts/<int:pk>/move                           | customer view   | 200
POST  contacts/<int:pk>/move                           | customer edit   | 302/422 | customer={own}

GET   activities/log                                   | signed in       | 200

GET   customers/<int:pk>/activities/log                | customer view   | 200
POST  customers/<int:pk>/activities/log                | customer log    | 302     | kind=call&title=T

GET   activities/<int:pk>/edit                         | customer view   | 200
POST  activities/<int:pk>/edit                         | customer edit   | 302     | kind=call&title=T
POST  activities/<int:pk>/archive                      | customer edit   | 302

GET   customers/<int:pk>/notes/write                   | customer view   | 200
POST  customers/<int:pk>/notes/write                   | customer log    | 302     | body=T

GET   notes/<int:pk>/edit                              | customer view   | 200
POST  notes/<int:pk>/edit                              | customer edit   | 302     | body=T
POST  notes/<int:pk>/pin                               | customer log    | 302
POST  notes/<int:pk>/unpin                             | customer log    | 302
POST  notes/<int:pk>/archive                           | customer edit   | 302
GET   notes/<int:pk>/history                           | customer view   | 200

GET   attachments/<int:pk>                             | customer view   | 200
POST  attachments/<int:pk>/remove                      | customer edit   | 302

GET   customers/<int:pk>/promises/make                 | customer view   | 200
POST  customers/<int:pk>/promises/make                 | customer log    | 302     | text=T&due_on=2099-01-01
GET   promises/<int:pk>/edit                           | customer view   | 200
POST  promises/<int:pk>/edit                           | customer edit   | 302     | text=T&due_on=2099-01-01
POST  promises/<int:pk>/keep                           | customer log    | 302
POST  promises/<int:pk>/give-up                        | customer log    | 302
POST  promises/<int:pk>/reopen                         | customer log    | 302

GET   handovers/                                       | signed in       | 200
GET   handovers/start                                  | customer assign | 200
POST  handovers/start                                  | customer assign | 200
POST  handovers/of/<slug:kind>                         | customer assign | 200
GET   handovers/<int:pk>/                              | handover read   | 200
POST  handovers/<int:pk>/call-off                      | handover write  | 302
GET   handovers/sheets/<int:pk>                        | handover read   | 200
POST  handovers/sheets/<int:pk>/accept                 | sheet accept    | 302

GET   lists/jobs/<int:pk>                              | mine            | 200

GET   imports/                                         | signed in       | 200
GET   imports/start                                    | customer import | 200
GET   imports/template/<slug:kind>.csv                 | customer import | 200
POST  imports/bring                                    | customer import | 422
GET   imports/<int:pk>/                                | import read     | 302
GET   imports/<int:pk>/file                            | import read     | 200
POST  imports/<int:pk>/read                            | import write    | 302
GET   imports/<int:pk>/columns                         | import read     | 200
POST  imports/<int:pk>/map                             | import write    | 422
GET   imports/<int:pk>/duplicates                      | import read     | 200
POST  imports/<int:pk>/choose                          | import write    | 302
GET   imports/<int:pk>/preview                         | import read     | 200
POST  imports/<int:pk>/check                           | import write    | 302
POST  imports/<int:pk>/answer                          | import write    | 302
POST  imports/<int:pk>/run                             | import write    | 302
GET   imports/<int:pk>/state                           | import read     | 200
POST  imports/<int:pk>/cancel                          | import write    | 422
POST  imports/<int:pk>/undo                            | import write    | 422
GET   imports/<int:pk>/rejected                        | import read     | 200
GET   imports/<int:pk>/rejected.csv                    | import read     | 200
POST  imports/<int:pk>/correct                         | import read     | 422

GET   jobs                                             | signed in       | 200
GET   jobs/<int:pk>                                    | job read        | 200
GET   jobs/<int:pk>/state                              | job read        | 200
POST  jobs/<int:pk>/cancel                             | job write       | 422
POST  jobs/<int:pk>/resume                             | job write       | 422
GET   jobs/<int:pk>/result                             | job read        | 404

GET   changes                                          | signed in       | 200
GET   changes/<int:pk>                                 | job read        | 200
GET   changes/<int:pk>/foreseen                        | job read        | 200
POST  changes/<int:pk>/undo                            | job write       | 422

GET   api/v1/customers                                 | signed in       | 200
POST  api/v1/customers                                 | customer create | 201     | name=A&email=a@example.com
GET   api/v1/customers/{customer_id}                   | customer view   | 200
PATCH api/v1/customers/{customer_id}                   | customer edit   | 200
POST  api/v1/customers/bulk                            | signed in       | 422
POST  api/v1/customers/{customer_id}/block             | customer block  | 200     | reason=Fraud
POST  api/v1/customers/{customer_id}/unblock           | customer block  | 422
POST  api/v1/customers/{customer_id}/activate          | customer edit   | 200
POST  api/v1/customers/{customer_id}/deactivate        | customer edit   | 200
POST  api/v1/customers/{customer_id}/status            | customer edit   | 200     | status=churned
POST  api/v1/customers/{customer_id}/assign            | customer assign | 200     | owner={me}
POST  api/v1/customers/{customer_id}/archive           | customer archive | 200
POST  api/v1/customers/{customer_id}/restore           | customer archive | 422
GET   api/v1/customers/{customer_id}/contacts          | customer view   | 200
POST  api/v1/customers/{customer_id}/contacts          | customer edit   | 201 (422) | name=A&email=a@example.com
GET   api/v1/customers/{customer_id}/notes             | customer view   | 200
POST  api/v1/customers/{customer_id}/notes             | customer log    | 201     | body=T
GET   api/v1/customers/{customer_id}/activities        | customer view   | 200
POST  api/v1/customers/{customer_id}/activities        | customer log    | 201     | kind=call&title=T
GET   api/v1/customers/{customer_id}/timeline          | customer view   | 200
GET   api/v1/customers/{customer_id}/history           | customer view   | 200

GET   api/v1/contacts                                  | signed in       | 200
POST  api/v1/contacts                                  | customer edit   | 201 (422) | name=A&email=a@example.com&customer={own}
GET   api/v1/contacts/{contact_id}                     | customer view   | 200
PATCH api/v1/contacts/{contact_id}                     | customer edit   | 200
GET   api/v1/contacts/{contact_id}/consents            | customer view   | 200
POST  api/v1/contacts/{contact_id}/consents            | customer edit   | 200     | channel=email&state=given&stated_on="2026-01-31"&source=Form
GET   api/v1/contacts/{contact_id}/sensitive           | customer view   | 200
PATCH api/v1/contacts/{contact_id}/sensitive           | customer edit   | 200
POST  api/v1/contacts/{contact_id}/sensitive/reveal    | sensitive view  | 200
GET   api/v1/customers/{customer_id}/sensitive         | customer view   | 200
PATCH api/v1/customers/{customer_id}/sensitive         | customer edit   | 200
POST  api/v1/customers/{customer_id}/sensitive/reveal  | sensitive view  | 200
POST  api/v1/contacts/{contact_id}/primary             | customer edit   | 200
POST  api/v1/contacts/{contact_id}/archive             | customer edit   | 200
POST  api/v1/contacts/{contact_id}/restore             | customer edit   | 200
POST  api/v1/contacts/{contact_id}/move                | customer edit   | 200/422 | customer={own}

GET   api/v1/notes                                     | signed in       | 200
POST  api/v1/notes                                     | customer log    | 201 (403/422) | body=T&customer={own}
GET   api/v1/notes/{note_id}                           | customer view   | 200
PATCH api/v1/notes/{note_id}                           | customer edit   | 200     | body=T
POST  api/v1/notes/{note_id}/pin                       | customer log    | 200
POST  api/v1/notes/{note_id}/unpin                     | customer log    | 200
POST  api/v1/notes/{note_id}/archive                   | customer edit   | 200
POST  api/v1/notes/{note_id}/restore                   | customer edit   | 200
GET   api/v1/notes/{note_id}/attachments               | customer view   | 200
POST  api/v1/notes/{note_id}/attachments               | customer view   | 415

GET   api/v1/attachments/{attachment_id}               | customer view   | 200
GET   api/v1/attachments/{attachment_id}/file          | customer view   | 200
POST  api/v1/attachments/{attachment_id}/remove        | customer edit   | 200
POST  api/v1/attachments/{attachment_id}/restore       | customer edit   | 200

GET   api/v1/activities                                | signed in       | 200
POST  api/v1/activities                                | customer log    | 201 (403/422) | kind=call&title=T&customer={own}
GET   api/v1/activities/{activity_id}                  | customer view   | 200
PATCH api/v1/activities/{activity_id}                  | customer edit   | 200
POST  api/v1/activities/{activity_id}/archive          | customer edit   | 200

GET   api/v1/customers/{customer_id}/promises          | customer view   | 200
POST  api/v1/customers/{customer_id}/promises          | customer log    | 201     | text=T&due_on="2099-01-01"
GET   api/v1/promises                                  | signed in       | 200
GET   api/v1/promises/{promise_id}                     | customer view   | 200
PATCH api/v1/promises/{promise_id}                     | customer edit   | 200
POST  api/v1/promises/{promise_id}/keep                | customer log    | 200
POST  api/v1/promises/{promise_id}/give-up             | customer log    | 200
POST  api/v1/promises/{promise_id}/reopen              | customer log    | 200

GET   api/v1/handovers                                 | signed in       | 200
POST  api/v1/handovers                                 | customer assign | 422
POST  api/v1/handovers/preview                         | customer assign | 422
GET   api/v1/handovers/{handover_id}                   | handover read   | 200
POST  api/v1/handovers/{handover_id}/call-off          | handover write  | 200
GET   api/v1/handover-sheets                           | signed in       | 200
GET   api/v1/handover-sheets/{sheet_id}                | handover read   | 200
POST  api/v1/handover-sheets/{sheet_id}/accept         | sheet accept    | 200

GET   api/v1/imports                                   | signed in       | 200
POST  api/v1/imports                                   | signed in       | 415
GET   api/v1/imports/{import_id}                       | import read     | 200
GET   api/v1/imports/{import_id}/rejected              | import read     | 200
POST  api/v1/imports/{import_id}/check                 | import write    | 202
POST  api/v1/imports/{import_id}/start                 | import write    | 202
POST  api/v1/imports/{import_id}/cancel                | import write    | 422
POST  api/v1/imports/{import_id}/undo                  | import write    | 422
GET   api/v1/imports/{import_id}/rejected-rows         | import read     | 200
POST  api/v1/imports/{import_id}/rejected-rows/correct | import read     | 422

GET   api/v1/exports                                   | signed in       | 200
POST  api/v1/exports                                   | customer export | 201
GET   api/v1/exports/{export_id}                       | job read        | 200
GET   api/v1/exports/{export_id}/file                  | job read        | 404

GET   api/v1/jobs                                      | signed in       | 200
GET   api/v1/jobs/{job_id}                             | job read        | 200
GET   api/v1/jobs/{job_id}/result                      | job read        | 404
POST  api/v1/jobs/{job_id}/cancel                      | job write       | 422
POST  api/v1/jobs/{job_id}/resume                      | job write       | 422

GET   api/v1/change-sets                               | signed in       | 200
GET   api/v1/change-sets/{change_set_id}               | job read        | 200
POST  api/v1/change-sets/{change_set_id}/undo          | job write       | 422

GET   api/v1/users                                     | signed in       | 200
POST  api/v1/users                                     | user manage     | 201     | name=N&email=n@example.com&roles=["product"]&password=a lead line of 30 fathoms
GET   api/v1/users/me                                  | signed in       | 200
GET   api/v1/users/{user_id}                           | signed in       | 200
PATCH api/v1/users/{user_id}                           | user manage     | 200

POST  api/v1/users/{user_id}/hours                     | user manage     | 200     | monday="09:00-17:00"
POST  api/v1/users/{user_id}/skills                    | user manage     | 200     | skills=[]
GET   api/v1/users/{user_id}/absences                  | signed in       | 200
POST  api/v1/users/{user_id}/absences                  | user manage     | 201     | begins_on="2027-01-04"&ends_on="2027-01-08"
PATCH api/v1/users/{user_id}/absences/{absence_id}     | signed in       | 404
POST  api/v1/users/{user_id}/absences/{absence_id}/remove | signed in    | 404
GET   api/v1/skills                                    | signed in       | 200
POST  api/v1/skills                                    | user manage     | 201     | name=Thai&kind=language
GET   api/v1/skills/{skill_id}                         | signed in       | 200
PATCH api/v1/skills/{skill_id}                         | user manage     | 200
POST  api/v1/skills/{skill_id}/merge                   | user manage     | 422 (422)
POST  api/v1/skills/{skill_id}/retire                  | user manage     | 200
POST  api/v1/skills/{skill_id}/restore                 | user manage     | 200
GET   api/v1/teams                                     | signed in       | 200

GET   api/v1/roles                                     | signed in       | 200
GET   api/v1/roles/{key}                               | signed in       | 200
PATCH api/v1/roles/{key}                               | user manage     | 200
POST  api/v1/roles/{key}/effect                        | user manage     | 200
POST  api/v1/roles/{key}/clone                         | user manage     | 201     | name=Copy
POST  api/v1/roles/{key}/retire                        | user manage     | 200
POST  api/v1/roles/{key}/bring-back                    | user manage     | 200
POST  api/v1/roles/{key}/reset                         | user manage     | 200

GET   api/v1/permissions                               | signed in       | 200

GET   api/v1/saved-views                               | signed in       | 200
POST  api/v1/saved-views                               | signed in       | 201     | kind=customer&name=V
GET   api/v1/saved-views/{view_id}                     | mine            | 200
PATCH api/v1/saved-views/{view_id}                     | mine            | 200
POST  api/v1/saved-views/{view_id}/remove              | mine            | 200
POST  api/v1/saved-views/{view_id}/default             | mine            | 200

GET   readyz                                           | anybody         | 200

GET   metrics                                          | anybody         | 200

GET   audit/                                           | audit view      | 200
GET   audit/find                                       | audit view      | 200
GET   audit/count                                      | audit view      | 200
GET   audit/filter                                     | audit view      | 200
GET   audit/columns                                    | audit view      | 200
GET   audit/export                                     | audit export    | 200
POST  audit/export                                     | audit export    | 200
GET   audit/views/save                                 | audit view      | 200
POST  audit/views/save                                 | audit view      | 422
GET   audit/views/<int:pk>/change                      | audit view      | 404
POST  audit/views/<int:pk>/change                      | audit view      | 404
POST  audit/views/<int:pk>/remove                      | audit view      | 404
GET   audit/views/counts                               | audit view      | 200
GET   audit/entries/<entry:pk>                         | audit view      | 200

GET   customers/<int:pk>/territory                     | customer view   | 200

GET   territories                                      | signed in       | 200
GET   territories/add                                  | user manage     | 200
POST  territories/add                                  | user manage     | 422
GET   territories/<int:pk>                             | signed in       | 200
POST  territories/<int:pk>                             | user manage     | 302/422 (403) | name=Bali
GET   territories/<int:pk>/rules                       | user manage     | 200
POST  territories/<int:pk>/rules                       | user manage     | 422
GET   territories/<int:pk>/rules/filter                | user manage     | 200
GET   territories/<int:pk>/rules/count                 | user manage     | 200
POST  territories/<int:pk>/move                        | user manage     | 422 (422)
POST  territories/<int:pk>/retire                      | user manage     | 302
POST  territories/<int:pk>/restore                     | user manage     | 422

GET   privacy/                                         | privacy report  | 200
GET   privacy/<slug:kind>/<int:pk>                     | signed in       | 404
POST  privacy/<slug:kind>/<int:pk>/report              | signed in       | 404
POST  privacy/<slug:kind>/<int:pk>/hold                | signed in       | 404
POST  privacy/<slug:kind>/<int:pk>/lift                | signed in       | 404
POST  privacy/<slug:kind>/<int:pk>/erase               | signed in       | 404
POST  privacy/erasures/<int:pk>/confirm                | privacy erase   | 422 (404)
POST  privacy/erasures/<int:pk>/withdraw               | privacy erase   | 302 (404)

GET   privacy/retention                                | privacy manage  | 200
GET   privacy/retention/add                            | privacy manage  | 200
POST  privacy/retention/add                            | privacy manage  | 422
GET   privacy/retention/<int:pk>/change                | privacy manage  | 200 (404)
POST  privacy/retention/<int:pk>/change                | privacy manage  | 422 (404)
POST  privacy/retention/<int:pk>/remove                | privacy manage  | 302 (404)
POST  privacy/retention/<int:pk>/run                   | privacy manage  | 302 (404)
GET   api/v1/retention-rules                           | privacy manage  | 200
POST  api/v1/retention-rules                           | privacy manage  | 422
PATCH api/v1/retention-rules/{rule_id}                 | privacy manage  | 200 (404)
POST  api/v1/retention-rules/{rule_id}/remove          | privacy manage  | 200 (404)
POST  api/v1/retention-rules/{rule_id}/run             | privacy manage  | 202 (404)

GET   api/v1/privacy/erasures                          | privacy erase   | 200
GET   api/v1/privacy/erasures/{erasure_id}             | privacy erase   | 200 (404)
POST  api/v1/privacy/erasures/{erasure_id}/confirm     | privacy erase   | 422 (404)
POST  api/v1/privacy/erasures/{erasure_id}/withdraw    | privacy erase   | 200 (404)
POST  api/v1/privacy/{kind}/{record_id}/report         | signed in       | 404
POST  api/v1/privacy/{kind}/{record_id}/erasures       | signed in       | 404
POST  api/v1/privacy/{kind}/{record_id}/hold           | signed in       | 404
POST  api/v1/privacy/{kind}/{record_id}/lift           | signed in       | 404

GET   webhooks                                         | webhook manage  | 200
GET   webhooks/add                                     | webhook manage  | 200
POST  webhooks/add                                     | webhook manage  | 422
GET   webhooks/<int:pk>                                | webhook manage  | 200 (404)
GET   webhooks/<int:pk>/log                            | webhook manage  | 200 (404)
GET   webhooks/<int:pk>/change                         | webhook manage  | 200 (404)
POST  webhooks/<int:pk>/change                         | webhook manage  | 422 (404)
POST  webhooks/<int:pk>/secret                         | webhook manage  | 200 (404)
POST  webhooks/<int:pk>/pause                          | webhook manage  | 302 (404)
POST  webhooks/<int:pk>/resume                         | webhook manage  | 302 (404)
POST  webhooks/<int:pk>/remove                         | webhook manage  | 302 (404)
POST  webhooks/<int:pk>/test                           | webhook manage  | 302 (404)
POST  webhooks/<int:pk>/deliveries/<int:delivery_pk>/replay | webhook manage  | 404 (404)

GET   operation                                        | settings manage | 200
POST  operation/back-up                                | settings manage | 302

POST  api/v1/backups                                   | settings manage | 202

GET   api/v1/audit                                     | audit view      | 200

GET   api/v1/territories                               | signed in       | 200
POST  api/v1/territories                               | user manage     | 422
GET   api/v1/territories/{territory_id}                | signed in       | 200
PATCH api/v1/territories/{territory_id}                | user manage     | 200
POST  api/v1/territories/{territory_id}/retire         | user manage     | 200
POST  api/v1/territories/{territory_id}/restore        | user manage     | 422

GET   api/v1/event-log                                 | signed in       | 200
GET   api/v1/event-log/types                           | signed in       | 200

GET   api/v1/webhooks                                  | webhook manage  | 200
POST  api/v1/webhooks                                  | webhook manage  | 422
GET   api/v1/webhooks/{webhook_id}                     | webhook manage  | 200 (404)
PATCH api/v1/webhooks/{webhook_id}                     | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/secret              | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/pause               | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/resume              | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/remove              | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/test                | webhook manage  | 202 (404)
GET   api/v1/webhooks/{webhook_id}/deliveries          | webhook manage  | 200 (404)
POST  api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay | webhook manage  | 404 (404)
"""

# Not proven yet: addresses that came together with this test. Each is to get its line above, and to go from here.
WAITING = """
GET sign-in/second-step
POST sign-in/second-step
POST sign-in/passkey
POST sign-in/second-step/passkey
POST confirm/passkey
GET me/passkeys/add
POST me/passkeys/add
POST me/passkeys/<int:pk>/remove
GET sign-in/forgot
POST sign-in/forgot
GET recover/<str:secret>
POST recover/<str:secret>
GET invitation/<str:secret>
POST invitation/<str:secret>
GET people/invitations
POST people/invitations
POST people/invitations/<int:pk>/again
POST people/invitations/<int:pk>/withdraw
POST people/<int:pk>/view-as
POST view-as/end
GET sign-in/with/<slug:key>
GET sign-in/with/<slug:key>/back
GET settings/signing-in/providers/add
POST settings/signing-in/providers/add
GET settings/signing-in/providers/<int:pk>
POST settings/signing-in/providers/<int:pk>
POST settings/signing-in/providers/<int:pk>/remove
GET second-factor
POST second-factor
POST me/codes/begin
GET me/codes
POST me/codes
POST me/codes/remove
POST me/recovery-codes
GET people/<int:pk>/signing
POST people/<int:pk>/sign-out
POST people/<int:pk>/reset-second-factor
GET scim/v2/<path:rest>
POST scim/v2/<path:rest>
POST api/v1/teams
GET api/v1/teams/{team_id}
PATCH api/v1/teams/{team_id}
POST api/v1/teams/{team_id}/remove
POST api/v1/teams/{team_id}/archive
POST api/v1/teams/{team_id}/restore
POST api/v1/users/{user_id}/reset-second-factor
POST api/v1/users/{user_id}/sign-out-everywhere
GET api/v1/me
GET api/v1/me/sessions
POST api/v1/me/sessions/{session_id}/end
GET api/v1/me/tokens
POST api/v1/me/tokens/{token_id}/revoke
GET api/v1/invitations
POST api/v1/invitations
POST api/v1/invitations/{invitation_id}/again
POST api/v1/invitations/{invitation_id}/withdraw
"""

REACHED: dict[str | None, set[str]] = {
    None: set(),
    "own": {"own"},
    "territory": {"own", "territory's"},
    "team": {"own", "team's"},
    "all": {"own", "territory's", "team's", "others'"},
}
YES, NO, NOT_THERE = "yes", "no", "not there"


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    asks: str
    answers: frozenset[int]
    refuses: frozenset[int]
    sends: dict[str, str]


@cache
def waiting() -> frozenset[tuple[str, ...]]:
    """Method and address of those that still have no line."""
    return frozenset(tuple(row.split()) for row in WAITING.strip().splitlines())


@cache
def lines() -> dict[tuple[str, str], Line]:
    """Method and address → its line."""
    found = {}
    for row in filter(None, map(str.strip, TABLE.splitlines())):
        where, asks, answers, *sends = (cell.strip() for cell in row.split("|"))
        method, route = where.split()
        allowed, _bracket, refused = answers.rstrip(")").partition(" (")
        statuses = frozenset(map(int, allowed.split("/")))
        sent = dict(parse_qsl(sends[0])) if sends else {}
        found[method, route.strip('"')] = Line(
            asks, statuses, frozenset(map(int, (refused or "403").split("/"))), sent
        )
    return found


def verdict(line: Line, role: str, whose: str, *, of_a_customer: bool) -> str:
    """What somebody of a role gets for a record of somebody: yes, no, or that there is no such thing."""
    if line.asks in ("anybody", "signed in"):
        return YES
    if line.asks in SOMEBODYS:
        return SOMEBODYS[line.asks](role, whose == "own")
    kind, verb = line.asks.split()
    if not of_a_customer:
        return YES if may(role, kind, verb) else NO
    if whose not in REACHED[scope(role, "customer", "view")]:
        return NOT_THERE
    return YES if whose in REACHED[scope(role, kind, verb)] else NO


def scope(role: str, kind: str, verb: str) -> str | None:
    """What the table of roles says."""
    return provided_grants()[role].get(kind, {}).get(verb)


def may(role: str, kind: str, verb: str) -> bool:
    """Whether a role has a permission at all."""
    return scope(role, kind, verb) is not None


def _mine(role: str, own: bool) -> str:
    return YES if own else NOT_THERE


def _job_read(role: str, own: bool) -> str:
    return YES if own or may(role, "job", "view") else NOT_THERE


def _job_write(role: str, own: bool) -> str:
    if _job_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own or may(role, "settings", "manage") else NO


def _import_read(role: str, own: bool) -> str:
    return YES if may(role, "job", "view") or (own and may(role, "customer", "import")) else NOT_THERE


def _import_write(role: str, own: bool) -> str:
    if _import_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if may(role, "customer", "import") and (own or may(role, "settings", "manage")) else NO


def _handover_read(role: str, own: bool) -> str:
    assigns_all = scope(role, "customer", "assign") == "all"
    return YES if own or assigns_all or may(role, "job", "view") else NOT_THERE


def _handover_write(role: str, own: bool) -> str:
    if _handover_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own or may(role, "user", "manage") else NO


def _sheet_accept(role: str, own: bool) -> str:
    if _handover_read(role, own) == NOT_THERE:
        return NOT_THERE
    return YES if own else NO


SOMEBODYS = {
    "handover read": _handover_read,
    "handover write": _handover_write,
    "sheet accept": _sheet_accept,
    "mine": _mine,
    "job read": _job_read,
    "job write": _job_write,
    "import read": _import_read,
    "import write": _import_write,
}
