"""The typed outputs of a notebook, beside what JupyterLab shows.

The book is made from the JSON of these MIME types and never from HTML, so that data is never read
as markup.
"""

TABLE = "application/vnd.hscb.table+json"
COMMENTARY = "application/vnd.hscb.commentary+json"
CHART = "application/vnd.hscb.chart+json"
VALUE = "application/vnd.hscb.value+json"
