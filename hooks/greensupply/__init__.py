"""Green Supply: a trilingual training hub made from Markdown modules.

A room, which is a file or a folder here, imports only from rooms below its own; `tests/test_house.py` lists them from
the ground to the top, where the adapters are: `plugin` and `tally_plugin` for MkDocs, and `cli`.
"""
