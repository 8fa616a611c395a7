"""Another stamp after each change of a saved view, so that every process knows of it (CUS-5)."""

from django.db import migrations

_STAMP = """
CREATE TABLE core_viewstamp (stamp uuid NOT NULL);
INSERT INTO core_viewstamp VALUES (gen_random_uuid());
CREATE FUNCTION core_views_changed() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
    UPDATE core_viewstamp SET stamp = gen_random_uuid();
    RETURN NULL;
END
$f$;
CREATE TRIGGER core_views_changed AFTER INSERT OR UPDATE OR DELETE ON core_savedview
    FOR EACH STATEMENT EXECUTE FUNCTION core_views_changed();
CREATE TRIGGER core_views_changed AFTER INSERT OR UPDATE OR DELETE ON core_defaultview
    FOR EACH STATEMENT EXECUTE FUNCTION core_views_changed();
"""
_BACK = """
DROP FUNCTION core_views_changed() CASCADE;
DROP TABLE core_viewstamp;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0016_figures_moved")]

    operations = [migrations.RunSQL(_STAMP, _BACK)]
