"""Reading files as they really are. Pure functions without database: bytes in, rows and questions out.
Whatever the bytes, the answer is rows or an `UnreadableFile` in words; nothing in a file is obeyed."""
