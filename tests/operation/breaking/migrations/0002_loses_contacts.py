from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("breaking", "0001_tidied_up")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE customers_customer DISABLE TRIGGER USER;"
            "UPDATE customers_customer SET version = version - 1 WHERE id = (SELECT min(id) FROM customers_customer);"
            "DELETE FROM timeline_notification; DELETE FROM customers_contact WHERE id % 10 = 0;"
        ),
    ]
