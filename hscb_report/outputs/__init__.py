"""What a report is written as: the book, the PDFs, the working papers, the open tables."""
