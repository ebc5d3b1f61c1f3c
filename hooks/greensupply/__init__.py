"""Green Supply: a trilingual training hub made from Markdown modules.

Rooms, lowest first; a room imports only from rooms below its own (tests/test_house.py holds it):
`errors`, `locales`, `model` · `yaml_text`, `prose`, `blocks`, `quiz` · `library`, `parity` · `pages` · `plugin`, `cli`.
"""
