"""The preview: pages that follow what is edited, in a browser on this machine alone.

`running` watches, `maker` is the process that makes pages, `server` answers the browser, and
`state` is what the three have in common.
"""
