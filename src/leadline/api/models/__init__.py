"""What the API keeps for itself: requests answered already, and webhooks with what was sent to them."""

from leadline.api.models.idempotency import IdempotencyKey
from leadline.api.models.webhook import Attempt, Delivery, Webhook

__all__ = ["Attempt", "Delivery", "IdempotencyKey", "Webhook"]
