"""The fields of users of the platform, of their events and payments, declared once."""

from leadline.core.subjects import register_subject
from leadline.platform.fields.event import PLATFORM_EVENT
from leadline.platform.fields.payment import PAYMENT
from leadline.platform.fields.use import FEATURE_USE
from leadline.platform.fields.user import PLATFORM_USER

register_subject("platform_user", "platform.PlatformUser")
register_subject("payment", "platform.Payment")
register_subject("usage", "platform.FeatureUse", named="used")

__all__ = ["FEATURE_USE", "PAYMENT", "PLATFORM_EVENT", "PLATFORM_USER"]
