"""From records to the rows of summary tables, and to what else a board asks of them."""
