"""What the data is: the tables, their columns and the words they may use."""

from hscb_report.schema.row import Place, Row
from hscb_report.schema.tables import Table, Tables, declared_tables

__all__ = ["Place", "Row", "Table", "Tables", "declared_tables"]
