"""How the API describes itself (OpenAPI 3.1), from the field catalogue and from what each operation says."""
