"""Spreadsheets of agencies: templates that they fill, and the way of their files into the data."""
