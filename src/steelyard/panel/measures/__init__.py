"""Measures of burden sharing: pure functions over arrays of intervals, one concept a file.

They know no files and no names of countries: whoever calls them lines up the members, says what is left out
and turns a `NoMeasure` into a problem. Symbols, with one value for each member of an alliance:

    x   defence spending, in one currency at one price basis
    y   gross domestic product, likewise
    b   burden, x / y
    s   share of the alliance's spending, x / sum(x)
    w   share of the alliance's product, y / sum(y), or a weight where a file says so
    r   burden against the alliance's, s / w
"""
