"""Programs for those who work on steelyard: its documentation site, its list of parts."""
