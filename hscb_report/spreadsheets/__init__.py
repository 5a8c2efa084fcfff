"""Spreadsheets as they are received, whatever program wrote them: sheets of cells, or a refusal."""
