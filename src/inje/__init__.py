"""inje."""
