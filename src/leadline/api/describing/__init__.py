"""The API's description of itself (OpenAPI 3.1), made from the field catalogue and from what each operation says."""
