"""The types of what can be published: facts, exhibits, outlines, chapters and the whole of them."""
