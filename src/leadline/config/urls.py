"""Every address of the product; each app brings its own."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from leadline.api.directories import scim
from leadline.config.health import healthz, metrics, readyz
from leadline.config.palette import palette
from leadline.config.preferences import choose_language, choose_theme
from leadline.core import gallery

urlpatterns = [
    # First: programs ask most often, and each address before theirs costs them.
    path("api/", include("leadline.api.urls")),
    path("", RedirectView.as_view(pattern_name="customers:list"), name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("theme", choose_theme, name="theme"),
    path("language", choose_language, name="language"),
    path("palette", palette, name="palette"),
    # What people have open all day.
    path("", include("leadline.customers.urls")),
    path("", include("leadline.platform.urls")),
    path("", include("leadline.platform.payment_urls")),
    path("", include("leadline.leads.board_urls")),
    path("", include("leadline.leads.urls")),
    path("", include("leadline.workspaces.urls")),
    path("", include("leadline.tasks.urls")),
    path("welcome/", include("leadline.config.first_run.urls")),
    path("", include("leadline.people.urls")),
    path("", include("leadline.plans.urls")),
    path("", include("leadline.timeline.urls")),
    path("", include("leadline.timeline.list_urls")),
    path("", include("leadline.governance.urls")),
    path("", include("leadline.handovers.urls")),
    path("", include("leadline.assignment.urls")),
    path("", include("leadline.segments.urls")),
    path("", include("leadline.governance.privacy_urls")),
    path("", include("leadline.platform.usage_urls")),
    path("", include("leadline.marketing.urls")),
    path("", include("leadline.performance.urls")),
    path("", include("leadline.compliance.board_urls")),
    path("", include("leadline.compliance.urls")),
    path("", include("leadline.scoring.urls")),
    path("", include("leadline.webforms.urls")),
    path("", include("leadline.intake.urls")),
    path("", include("leadline.automation.urls")),
    path("", include("leadline.automation.list_urls")),
    path("", include("leadline.duplicates.urls")),
    path("", include("leadline.customers.territory_urls")),
    path("", include("leadline.quality.urls")),
    path("", include("leadline.core.lists.urls")),
    path("", include("leadline.imports.urls")),
    path("", include("leadline.config.work.urls")),
    path("", include("leadline.config.fields.urls")),
    path("", include("leadline.api.page_urls")),
    path("", include("leadline.config.operation.urls")),
    path("scim/v2/<path:rest>", scim),
]

if settings.DEBUG:
    urlpatterns += [
        path("styleguide", gallery.page, name="styleguide"),
        path("styleguide/<str:name>", gallery.page, name="styleguide_page"),
    ]

handler400 = "leadline.config.failures.bad_request"
handler404 = "leadline.config.failures.not_found"
handler500 = "leadline.config.failures.fault"
