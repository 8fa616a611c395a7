"""Why somebody owns a record, how rules would have done, how fair they were."""
