"""A lively platform, played: people who log in, look around, deposit, and fail to (PLT-8).

The same seed plays the same. The simulator sends what is played to the API, the demo takes it in itself.
"""

from leadline.config.playing.play import Play, Player

__all__ = ["Play", "Player"]
