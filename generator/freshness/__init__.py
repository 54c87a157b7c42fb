"""What of a year's documents is up to date: decided by content, before anything heavy is imported.

Only the standard library's light modules are imported here; a test keeps it so.
"""
