"""Fields that administrators make in the web pages, for every kind of object that takes them (CUS-21).

A definition (`models`) becomes a field of the catalogue (`building`), which joins those that are declared
(`joining`): lists, filters, forms, imports, exports and the API know it as they know the others. Values stand
in one JSONB column of the object's own table. An object takes custom fields by that column (`CustomValues`)
and by `custom` in its catalogue.
"""
