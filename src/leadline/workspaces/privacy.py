"""Arrangements hold keys of figures and what people wrote as titles and texts (PPL-8)."""

from leadline.core.privacy import register_texts, without_personal_data

without_personal_data(
    {
        "workspaces.Arrangement": "what stands on a dashboard; texts are searched for names",
        "workspaces.OwnDashboard": "what stands on it; its name and texts are searched for names",
    }
)
register_texts("workspaces_owndashboard", "name", "widgets")
register_texts("workspaces_arrangement", "widgets")
