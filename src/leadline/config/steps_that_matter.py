"""Before which steps somebody must have confirmed within ten minutes that it is them (PPL-6).

One line for each: method and address | the answers with which it matters | what it would do in wrong hands.
This list is what asks: a page asks in a dialog and then goes on, the API refuses a browser's session (403).
A token asks for nothing: it was confirmed when it was made, and reaches as far as its scopes. GET stands here
for pages on which much is typed, so that nothing typed is lost.

A new step that lets somebody in, shows or changes how people sign in, widens what somebody may, takes data
out of the house or removes it for good gets a line; tests/routes/test_steps_that_matter.py looks for those
that were forgotten.
"""

STEPS = """
POST  me/tokens                                     |  | lets a program in under one's name
POST  me/email                                      |  | changes how somebody signs in
GET   me/passkeys/add                               |  | adds a way in
POST  me/passkeys/add                               |  | adds a way in
POST  me/passkeys/<int:pk>/remove                   |  | weakens a way in
POST  me/codes/begin                                |  | adds a way in
POST  me/codes/remove                               |  | weakens a way in
POST  me/recovery-codes                             |  | shows what replaces a second factor

POST  people/add                                    |  | lets somebody in
POST  people/<int:pk>                               |  | changes what somebody may, or lets them go
POST  people/<int:pk>/password                      |  | changes how somebody signs in
POST  people/<int:pk>/sign-out                      |  | ends the sessions of somebody
POST  people/<int:pk>/reset-second-factor           |  | weakens a way in
POST  people/<int:pk>/view-as                       |  | sees what somebody else sees
GET   people/invitations                            |  | lets somebody in
POST  people/invitations                            |  | lets somebody in
POST  people/invitations/<int:pk>/again             |  | lets somebody in
POST  handovers/start                               | step=start&reason=leaver | lets somebody go

POST  roles/<slug:key>                              |  | changes what many may
POST  roles/<slug:key>/second-factor                |  | loosens how many sign in
POST  roles/<slug:key>/clone                        |  | makes a role that can be given
POST  roles/<slug:key>/retire                       |  | changes what many may
POST  roles/<slug:key>/bring-back                   |  | changes what many may
POST  roles/<slug:key>/reset                        |  | changes what many may

POST  settings/signing-in                           |  | loosens how everybody signs in
GET   settings/signing-in/providers/add             |  | trusts another house to let people in
POST  settings/signing-in/providers/add             |  | trusts another house to let people in
GET   settings/signing-in/providers/<int:pk>        |  | trusts another house to let people in
POST  settings/signing-in/providers/<int:pk>        |  | trusts another house to let people in
POST  settings/signing-in/providers/<int:pk>/remove |  | takes a way in from many

POST  fields/<int:pk>                               |  | may show to many what few saw

POST  customers/export                              | step=start | takes data out
POST  tasks/export                                  | step=start | takes data out
POST  leads/export                                  | step=start | takes data out
POST  leads/board/export                            | step=start | takes data out
POST  audit/export                                  | step=start | takes data out
POST  platform/payments/export                      | step=start | takes data out
POST  platform/usage/export                         | step=start | takes data out
POST  platform/archives/<int:pk>/download           |  | takes data out
POST  privacy/<slug:kind>/<int:pk>/report           |  | takes all out that is held about a person
POST  platform/keys/make                            |  | lets a program in that tells of payments
POST  platform/keys/<int:pk>/renew                  |  | shows what lets a program in
GET   automation/add                                |  | acts as the house, may send elsewhere
POST  automation/add                                |  | acts as the house, may send elsewhere
GET   automation/<int:pk>/edit                      |  | acts as the house, may send elsewhere
POST  automation/<int:pk>/edit                      |  | acts as the house, may send elsewhere
GET   mail-in/add                                   |  | lets strangers write into the house, keeps a password
POST  mail-in/add                                   |  | lets strangers write into the house, keeps a password
GET   mail-in/<int:pk>/edit                         |  | keeps a password, may send it elsewhere
POST  mail-in/<int:pk>/edit                         |  | keeps a password, may send it elsewhere
POST  webhooks/add                                  |  | sends what happens elsewhere
POST  webhooks/<int:pk>/change                      |  | sends what happens elsewhere
POST  webhooks/<int:pk>/secret                      |  | shows what webhooks are signed with

POST  privacy/<slug:kind>/<int:pk>/erase            |  | removes for good
POST  privacy/erasures/<int:pk>/confirm             |  | removes for good
POST  privacy/erasures/<int:pk>/files               | erase=yes | removes for good
POST  privacy/retention/add                         |  | removes for good, each night
POST  privacy/retention/<int:pk>/change             |  | removes for good, each night
POST  privacy/retention/<int:pk>/run                |  | removes for good

POST  api/v1/users                                  |  | lets somebody in
PATCH api/v1/users/<int:user_id>                    |  | changes what somebody may, or lets them go
POST  api/v1/users/<int:user_id>/reset-second-factor |  | weakens a way in
POST  api/v1/users/<int:user_id>/sign-out-everywhere |  | ends the sessions of somebody
POST  api/v1/invitations                            |  | lets somebody in
POST  api/v1/invitations/<int:invitation_id>/again  |  | lets somebody in
POST  api/v1/handovers                              |  | may let somebody go
PATCH api/v1/roles/<slug:key>                       |  | changes what many may
POST  api/v1/roles/<slug:key>/second-factor         |  | loosens how many sign in
POST  api/v1/roles/<slug:key>/clone                 |  | makes a role that can be given
POST  api/v1/roles/<slug:key>/retire                |  | changes what many may
POST  api/v1/roles/<slug:key>/bring-back            |  | changes what many may
POST  api/v1/roles/<slug:key>/reset                 |  | changes what many may
PATCH api/v1/fields/<int:field_id>                  |  | may show to many what few saw
POST  api/v1/exports                                |  | takes data out
POST  api/v1/privacy/<kind>/<int:record_id>/report  |  | takes all out that is held about a person
POST  api/v1/platform/keys                          |  | lets a program in that tells of payments
POST  api/v1/platform/keys/<int:key_id>/renew       |  | shows what lets a program in
POST  api/v1/automation-rules                       |  | acts as the house, may send elsewhere
PATCH api/v1/automation-rules/<int:rule_id>         |  | acts as the house, may send elsewhere
POST  api/v1/intake-addresses                       |  | lets strangers write into the house, keeps a password
PATCH api/v1/intake-addresses/<int:address_id>      |  | keeps a password, may send it elsewhere
POST  api/v1/webhooks                               |  | sends what happens elsewhere
PATCH api/v1/webhooks/<int:webhook_id>              |  | sends what happens elsewhere
POST  api/v1/webhooks/<int:webhook_id>/secret       |  | shows what webhooks are signed with
POST  api/v1/privacy/<kind>/<int:record_id>/erasures |  | removes for good
POST  api/v1/privacy/erasures/<int:erasure_id>/confirm |  | removes for good
POST  api/v1/privacy/erasures/<int:erasure_id>/files |  | removes for good
POST  api/v1/retention-rules                        |  | removes for good, each night
PATCH api/v1/retention-rules/<int:rule_id>          |  | removes for good, each night
POST  api/v1/retention-rules/<int:rule_id>/run      |  | removes for good
"""
