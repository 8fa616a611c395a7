"""Where a request comes from: its address, and the browser and device in words."""

import ipaddress
import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

LONGEST_DEVICE = 300
# The first that is found names it: most browsers also call themselves by the names of older ones.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str | None:
    """The network address of whoever asks; behind proxies of ours, `config.watching.proxies` has set it."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def network_of(address: str | None) -> str:
    """Where one person's addresses lie together: the address itself of IPv4, the /64 of IPv6."""
    if address is None:
        return "unknown"
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)


def device_of(request: HttpRequest) -> str:
    """What the browser says of itself, cut to what is kept."""
    return re.sub(r"[^\x20-\x7e]", "", request.headers.get("User-Agent", ""))[:LONGEST_DEVICE]


def device_in_words(device: str) -> str:
    """“Firefox on Windows”, as far as the browser tells."""
    browser = next((name for sign, name in _BROWSERS if sign in device), "")
    system = next((name for sign, name in _SYSTEMS if sign in device), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
