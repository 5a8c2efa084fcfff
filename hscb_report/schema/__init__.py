"""What the data is: the tables, their columns and the words they may use."""

from hscb_report.schema.row import Place, Row
from hscb_report.schema.tables import Tables, TableSchema
from hscb_report.schema.year_data import YearData

__all__ = ["Place", "Row", "TableSchema", "Tables", "YearData"]
