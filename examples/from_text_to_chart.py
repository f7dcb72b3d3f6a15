"""From a text to a chart in ten lines, run from the folder above: python examples/from_text_to_chart.py."""

import steelyard as sy

text = """South Korea proposed a defence budget of 66.2947 trillion won for 2026, 8.2% more than in 2025.
Its defence budget for 2025 was 61.2469 trillion won. It spends 2.42% of its GDP on defence in 2026."""
case, _ = sy.load_case("cases/korea-2026")
ledger, problems = sy.read_document(text, case.vocabulary, date="2026-01-24")
findings, _ = sy.check_ledger(ledger, case.vocabulary)
ensemble, refusals = sy.project_scenario("linear-2035", ledger, case.vocabulary, case.series)
print(*(f"{finding.verdict}: {finding.explanation}" for finding in findings), sep="\n")
chart = sy.draw_charts(ensemble, vocabulary=case.vocabulary).named("linear-2035-share")
print(f"{chart.title}: {chart.save('share-of-gdp.svg')}")
