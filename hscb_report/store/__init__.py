"""Files in and out: tables, settings and narrative are read here, and statuses recorded."""
