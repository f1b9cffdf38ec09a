"""What several processes of one bot share in Redis: whose turn it is on a chat, and what Telegram allows the token.

Nothing here must last: without Redis for a while, each process goes by its own turns and limits, and Telegram's
"later" stays the law.
"""

from redis.asyncio import Redis

from bot.gateway.redis.gate import RedisGate
from bot.gateway.redis.turns import RedisTurns

__all__ = ["RedisGate", "RedisTurns", "connect"]


def connect(url: str) -> Redis:
    """A pool of connections; nothing is opened yet. Raises ValueError for what is no address of a Redis."""
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, health_check_interval=30)
