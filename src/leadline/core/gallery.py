"""The style guide (only in DEBUG): every part of the interface with believable examples to copy from."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from leadline.core import clock
from leadline.core.texts import Menu

PAGES = ("parts", "list", "board", "record", "import", "form", "empty", "palette", "options", "dialog")
NAMES = [
    ("Meridian Freight", "ops@meridianfreight.com", "Logistics", "Ayu Lestari", "active", "Active", "good"),
    (
        "Kusuma Tekstil",
        "halo@kusumatekstil.co.id",
        "Manufacturing",
        "Rosa Ibarra",
        "active",
        "Active",
        "good",
    ),
    (
        "Łukasiewicz & Syn",
        "biuro@lukasiewicz.pl",
        "Construction",
        "Otto Brandt",
        "prospect",
        "Prospect",
        "info",
    ),
    ("Aurora Dental", "front@auroradental.io", "Healthcare", "Ayu Lestari", "inactive", "Inactive", "warn"),
    ("Sørensen Fisk", "post@sorensenfisk.no", "Food", "Rosa Ibarra", "active", "Active", "good"),
    ("Baobab Capital", "desk@baobab.africa", "Finance", "Nomsa Dube", "churned", "Churned", "neutral"),
    ("Tanaka Seiki", "info@tanakaseiki.jp", "Manufacturing", "Otto Brandt", "blocked", "Blocked", "bad"),
]
MENU = [
    (
        "",
        [
            ("To do", "checkbox", "g t", "12", False),
            ("Customers", "building", "g c", "", True),
            ("Leads", "user-plus", "g l", "", False),
        ],
    ),
    (
        "Work",
        [
            ("Pipeline", "layout-kanban", "g p", "", False),
            ("Activities", "activity", "g a", "", False),
            ("Segments", "tags", "g s", "", False),
        ],
    ),
    (
        "Manage",
        [
            ("Imports", "database-import", "g i", "1", False),
            ("Reports", "chart-bar", "g r", "", False),
            ("Settings", "settings", "g ,", "", False),
        ],
    ),
]


class ExampleForm(forms.Form):
    """One of each kind of field, one of them wrong."""

    name = forms.CharField(label=_("Name"))
    email = forms.EmailField(label=_("E-mail"), help_text=_("Used to find duplicates."))
    phone = forms.CharField(label=_("Phone"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("enterprise", "Enterprise"), ("dealer", "Dealer")])
    since = forms.DateField(
        label=_("Customer since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    about = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    newsletter = forms.BooleanField(label=_("Send product news"), required=False)
    reach = forms.ChoiceField(
        label=_("Reach by"),
        required=False,
        choices=[("email", "E-mail"), ("phone", "Phone")],
        widget=forms.RadioSelect,
    )


def page(request: HttpRequest, name: str = "parts") -> HttpResponse:
    """One page of the style guide."""
    template = f"ui/gallery/{name if name in PAGES else 'parts'}.html"
    return render(request, template, _context())


def example_menu(request: HttpRequest) -> Menu:
    """A navigation like the real one, for the style guide by itself."""
    keys = ("label", "icon", "key", "count", "active")
    sections = [
        {
            "label": label,
            "items": [
                dict(
                    zip(keys, item, strict=True),
                    url="/styleguide/list",
                    phone=(label == "" or place == 0) and label != "Manage",
                )
                for place, item in enumerate(items)
            ],
        }
        for label, items in MENU
    ]
    return Menu(sections)


def _context() -> dict[str, Any]:
    form = ExampleForm({"name": "Aurora Dental", "email": "front@aurora", "kind": "dealer"})
    form.is_valid()
    return {
        "customers": [_customer(number) for number in range(50)],
        "form": form,
        "now": clock.now(),
        "hours": lambda count: clock.now() - timedelta(hours=count),
        "groups": [
            {
                "label": "Customers",
                "items": [
                    {"title": row[0], "subtitle": row[1], "url": "/styleguide/record", "icon": "building"}
                    for row in NAMES[:4]
                ],
            },
            {
                "label": "Actions",
                "items": [
                    {"title": "Add customer", "subtitle": "c", "url": "/styleguide/form", "icon": "plus"},
                    {
                        "title": "Import customers",
                        "subtitle": "",
                        "url": "/styleguide/import",
                        "icon": "upload",
                    },
                ],
            },
        ],
        "query": "",
        "options": [
            {"value": place, "label": row[3], "subtitle": row[2]} for place, row in enumerate(NAMES[:4])
        ],
    }


def _customer(number: int) -> dict[str, Any]:
    name, email, industry, owner, status, status_label, tone = NAMES[number % len(NAMES)]
    return {
        "id": number,
        "name": name if number < len(NAMES) else f"{name} {number // len(NAMES) + 1}",
        "email": email,
        "phone": f"+62 21 555 0{number:03}",
        "industry": industry,
        "owner": owner,
        "status": status,
        "status_label": status_label,
        "tone": tone,
        "tags": ["Key account", "Renewal"][: number % 3],
        "value": 1250 * (number * 7 % 90),
        "last": clock.now() - timedelta(hours=5 * number * number + 1),
    }
