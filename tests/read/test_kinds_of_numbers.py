"""Numbers of many kinds that reports are full of, and numbers that are no figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("The ministry ordered two 6,000-ton frigates.", "two", 2, "frigate"),
        ("The ministry ordered two 6,000-ton frigates.", "6,000-ton", 6000, "ton"),
        ("Four 12-year-old boys were sent home.", "12-year-old", 12, "year"),
        ("It bought two $5 million drones.", "two", 2, "drone"),
        ("It bought two $5 million drones.", "$5 million", 5000000, "USD"),
        ("The shop gives away 4 EUR20 vouchers.", "EUR20", 20, "EUR"),
        ("Six of the two-ton lorries broke down.", "Six", 6, "lorry"),
        ("Six of the two-ton lorries broke down.", "two-ton", 2, "ton"),
        ("The depot holds 12 K-9 howitzers.", "12 K-9 howitzers", 12, "howitzer"),
        ("They held what that one mile can carry.", "one mile", 1, "mile"),
        ("A stone weighing one drachma was found.", "one drachma", 1, "dram"),
        ("Athens owed 340 billion drachmas.", "340 billion drachmas", 340 * 10**9, "GRD"),
        ("The ride costs two kuai and five mao five.", "two kuai and five mao five", Decimal("2.55"), "CNY"),
        ("Three hundred and two dozen shells were left.", "Three hundred and two dozen shells", 324, "shell"),
        (
            "Take forty and two and a half.",
            "forty and two and a half",
            Decimal("42.5"),
            None,
        ),
        ("Three out of five hundreds failed.", "Three out of five hundreds", Decimal("0.006"), None),
        ("The mean is 2,4.", "2,4", Decimal("2.4"), None),
        ("The half-million-dollar drone was lost.", "half-million-dollar", 500000, "USD"),
        ("A 2,500-strong battalion arrived.", "2,500-strong", 2500, "person"),
        ("It is one and a half times the old sum.", "one and a half times", Decimal("1.5"), "time"),
        ("Output grew 2.5-fold in a decade.", "2.5-fold", Decimal("2.5"), None),
        ("A six-fold rise followed.", "six-fold", 6, None),
        ("Nine out of ten agreed.", "Nine out of ten", Decimal("0.9"), None),
        ("The levy is 5 per mille.", "5 per mille", 5, "per mille"),
        ("Denmark, a people of 6.0 million, spent 4.2 billion euros.", "6.0 million", 6000000, "person"),
        ("The poll, in which 2.3 million voted, cost 40 million euros.", "2.3 million", 2300000, "person"),
        ("Manila sets aside P366.7 billion for defence.", "P366.7 billion", 3667 * 10**8, "PHP"),
        ("Pay rises by P500 million pesos.", "P500 million", 500000000, "PHP"),
        ("The plan takes P35 billion.", "P35 billion", 35 * 10**9, None),
        ("The budget is 86 billion euros. Debt came to 413 billion.", "413 billion", 413 * 10**9, "EUR"),
        ("It has 3 billion euros and $4 billion. Debt is 9 billion.", "9 billion", 9 * 10**9, None),
        (
            "This is a 15 per cent rise over the 86 billion euros of 2024.",
            "86 billion euros",
            86 * 10**9,
            "EUR",
        ),
        ("폴란드는 1,866억 즈워티를 지출했다.", "1,866억 즈워티", 1866 * 10**8, "PLN"),
        ("루마니아는 450억 레우를 쓴다.", "450억 레우", 450 * 10**8, "RON"),
        ("스웨덴은 1,430억 크로나를 쓴다.", "1,430억 크로나", 1430 * 10**8, "SEK"),
        ("노르웨이는 500억 크로네, 덴마크는 300억 크로네를 쓴다.", "500억 크로네", 500 * 10**8, "NOK"),
        ("노르웨이는 500억 크로네, 덴마크는 300억 크로네를 쓴다.", "300억 크로네", 300 * 10**8, "DKK"),
        ("파키스탄은 2조 루피를 쓴다.", "2조 루피", 2 * 10**12, "PKR"),
        ("필리핀은 3,000억 페소를 쓴다.", "3,000억 페소", 3000 * 10**8, "PHP"),
    ],
)
def test_a_figure_has_its_value_and_unit(text, quote, value, unit):
    found = figure(text, quote)

    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Profit slipped in 2023, from 3.31 to 3.27 billion euros.", ["3310000000", "3270000000"]),
        ("Output fell from 3 to 2 million tons.", ["3000000", "2000000"]),
        ("Imports fell from $7.2 to $6.5 billion.", ["7200000000", "6500000000"]),
        ("The gap narrowed to 3.1 from 4.4 billion zloty.", ["3100000000", "4400000000"]),
        ("The share rose from 1.9% to 2.1% of GDP.", ["1.9", "2.1"]),
        ("The fleet grew from 900 to 1.2 million tons.", ["900", "1200000"]),
    ],
)
def test_both_ends_of_a_change_have_one_scale(text, values):
    assert [claim.value for claim in figures(text)] == list(map(Decimal, values))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The lens covers 75 -300mm.", 75, 300, "millimetre"),
        ("He is about 40 - 50 years old.", 40, 50, "year"),
        ("The deal is put at $3bn-$4bn.", "2.5e9", "4.5e9", "USD"),
        ("The cost is put at 1.2bn-1.4bn euros.", "1.15e9", "1.45e9", "EUR"),
        ("It will cost between €5 and €6 billion.", "4.5e9", "6.5e9", "EUR"),
        ("The range is US$1.2-1.4tn.", "1.15e12", "1.45e12", "USD"),
        ("Spending was 1.9%-2.1% of GDP.", "1.85", "2.15", "% of GDP"),
        ("A two-to-three-year delay follows.", 2, 3, "year"),
        ("The package is worth €1bn-plus.", "1e9", None, "EUR"),
        ("It needs 30-plus ships.", 30, None, "ship"),
        ("A $2bn+ order.", "2e9", None, "USD"),
        ("Growth of sub-2% is expected.", None, 2, "%"),
        ("A sub-$500 million deal.", None, "5e8", "USD"),
    ],
)
def test_a_range_or_bound_has_its_ends(text, low, high, unit):
    found = figure(text)

    ends = tuple(None if end is None else Decimal(end) for end in (low, high))
    assert (found.low, found.high, found.unit) == (*ends, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Type 26 and Type 31 frigates.",
        "The F-35A, the KF-21 and the B-21.",
        "The 5+1 group and the G7.",
        "Resolution 2758 and Article 5.",
        "He won 3-0 and lost 6-4, 7-5.",
        "On 5/17/2018 at 10:30.",
        "Call +82-2-748-1111 or 010-1234-5678.",
        "IP 192.168.1.2 and port 8080.",
        "The exercises 22,24,26,31.",
        "The 2024-25 season; the class of 2019.",
        "In the 1990s, the 21st century and the 3rd fleet.",
        "Tens of thousands of soldiers, hundreds of millions of dollars.",
        "A couple of hundred, dozens of tanks, scores of ships.",
        "One day, one another, one of them, the other one.",
        "At that one time, no one, this one thing, that one ship.",
        "Two-way talks, a four-star general, three-dimensional maps.",
        "155 mm howitzers and 7.62 mm rounds, 9mm pistols.",
        "The Big Five and the Five Eyes met.",
        "A third party, the second half.",
        "COVID-19, SCP-173, H1N1, B2B, CO2.",
        "Vitamin P5 and the P-8 and P3 aircraft.",
        "Page 12, section 3.2, chapter 4, footnote 7.",
        "10 Downing Street and 221B Baker Street.",
        "The Boeing 737 and the Airbus A400M.",
        "Highway 61 and Route 66.",
        "Group of Twenty, Seven Sisters.",
        "Sub-Saharan states and a submarine.",
        "Mao Zedong led China. In 1949 Mao won.",
        "The 38th parallel and the class of 1988.",
        "24/7 watch, the 50/50 chance.",
        "Unit 731, Camp 14, Room 101.",
        "The 7th Army, 2nd Division, 1st Brigade.",
        "PAC-3, SM-6, Iron Dome, Mk 41.",
        "The A-10 and U-2.",
        "The 5G network and the 4x4 trucks.",
        "Leopard 2, Leopard 2A7 and K2 tanks.",
        "A 12-strong bloc of states, a strong army.",
        "Hundreds of ships and several hundreds.",
        "A VIP35 lounge, a G7+ group, an A+ rating.",
        "Windows 11, iPhone 15 and Android 14.",
    ],
)
def test_what_is_no_figure_is_left_out(text):
    assert [claim.quote for claim in figures(text)] == []
