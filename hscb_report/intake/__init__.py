"""Spreadsheets of agencies: templates that they fill, and the way from their files into the data."""
