"""What is read of Korean sentences in the manner of the ministry of national defence and of news agencies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import bounds, figure, figures, numbers, read, role


def told(text):
    """Each figure of a text in one line: quotation, value (or both ends of a range), unit, direction."""
    lines = []
    for claim in figures(text):
        value = f"{claim.value.normalize():f}" if claim.value is not None else "range"
        lines.append(f"{claim.quote} = {value} {claim.unit or '-'} {claim.direction}")
    return lines


SENTENCES = [
    # Budgets
    ("국방부는 내년 국방비로 66조 2,947억원을 편성했다.", ["66조 2,947억원 = 66294700000000 KRW ="]),
    (
        "국방예산은 올해보다 8.2% 늘어난 66조3천억원이다.",
        ["8.2% = 8.2 % up", "66조3천억원 = 66300000000000 KRW ="],
    ),
    ("방위비 분담금은 1조5192억원으로 정해졌다.", ["1조5192억원 = 1519200000000 KRW ="]),
    ("국회는 정부안에서 4,305억원을 삭감했다.", ["4,305억원 = 430500000000 KRW down"]),
    (
        "예산이 61조원에서 66조원으로 늘었다.",
        ["61조원 = 61000000000000 KRW up", "66조원 = 66000000000000 KRW up"],
    ),
    (
        "병장 월급은 125만원에서 150만원으로 인상된다.",
        ["125만원 = 1250000 KRW up", "150만원 = 1500000 KRW up"],
    ),
    ("추경으로 3조원을 추가로 확보했다.", ["3조원 = 3000000000000 KRW ="]),
    ("총사업비는 7천 5백만 달러다.", ["7천 5백만 달러 = 75000000 USD ="]),
    ("계약 금액은 약 천 4백만 달러였다.", ["천 4백만 달러 = 14000000 USD ~"]),
    ("수출액은 95억 달러를 넘었다.", ["95억 달러 = 9500000000 USD >"]),
    ("지원금은 최대 3억 유로에 이른다.", ["3억 유로 = 300000000 EUR <"]),
    ("일본의 방위비는 9조353억엔이다.", ["9조353억엔 = 9035300000000 JPY ="]),
    ("캐나다는 1천640만 캐나다 달러를 냈다.", ["1천640만 캐나다 달러 = 16400000 CAD ="]),
    ("전시회에는 5천만 파운드가 들었다.", ["5천만 파운드 = 50000000 GBP ="]),
    ("예산은 60조~65조원 사이가 될 전망이다.", ["60조~65조원 = range KRW ="]),
    ("연구비는 1.3~2.4조원으로 본다.", ["1.3~2.4조원 = range KRW ="]),
    (
        "계약 규모는 65억 달러(약 8조8천억원)다.",
        ["65억 달러 = 6500000000 USD =", "8조8천억원 = 8800000000000 KRW ="],
    ),
    ("전년 대비 3조5천억원(5.9%) 증가했다.", ["3조5천억원 = 3500000000000 KRW up", "5.9% = 5.9 % up"]),
    ("수당을 2만원씩 올린다.", ["2만원 = 20000 KRW up"]),
    ("가격은 64달러 45센트였다.", ["64달러 45센트 = 64.45 USD ="]),
    ("$15억 규모의 무기를 샀다.", ["$15억 = 1500000000 USD ="]),
    ("환율은 달러당 1,470원까지 올랐다.", ["1,470원 = 1470 KRW per USD up"]),
    # Shares and growth
    ("국방비 증가율은 3.6%였다.", ["3.6% = 3.6 % up"]),
    ("물가는 지난달 2.4% 올랐다.", ["2.4% = 2.4 % up"]),
    ("실업률은 0.3%포인트 하락한 2.5%였다.", ["0.3%포인트 = 0.3 percentage point down", "2.5% = 2.5 % ="]),
    ("지지율이 1.5%p 떨어졌다.", ["1.5%p = 1.5 percentage point down"]),
    ("한국의 국방비는 GDP 대비 2.32%다.", ["2.32% = 2.32 % of GDP ="]),
    ("폴란드는 국내총생산의 4.7%를 국방에 쓴다.", ["4.7% = 4.7 % of GDP ="]),
    ("GDP 대비 2.3%에서 3.5%로 올린다.", ["2.3% = 2.3 % of GDP up", "3.5% = 3.5 % of GDP up"]),
    ("인상률은 5%를 넘지 않는다.", ["5% = 5 % <"]),
    ("응답자의 삼십 퍼센트가 찬성했다.", ["삼십 퍼센트 = 30 % ="]),
    ("절반 이상이 찬성했다.", ["절반 = 0.5 - >"]),
    ("매출이 3분의 1로 줄었다.", ["3분의 1 = 0.333333333 - down"]),
    ("수출은 두 배로 늘었다.", ["두 배 = 2 - up"]),
    ("성장률은 3~5%로 예상된다.", ["3~5% = range % up"]),
    ("손실률은 마이너스 5%였다.", ["마이너스 5% = -5 % ="]),
    # Things and persons
    ("군은 K2 전차 180대를 도입한다.", ["180대 = 180 tank ="]),
    ("호위함 세 척이 참가했다.", ["세 척 = 3 frigate ="]),
    ("180대의 전차를 폴란드에 넘겼다.", ["180대 = 180 tank ="]),
    ("전투기를 20대 도입한다.", ["20대 = 20 jet ="]),
    ("북한은 탄도미사일 10여 발을 쐈다.", ["10여 발 = 10 missile ~"]),
    ("미군 2만8,500명이 주둔한다.", ["2만8,500명 = 28500 person ="]),
    ("병력 5만 명을 감축한다.", ["5만 명 = 50000 person down"]),
    (
        "병력은 50만 명 아래로 줄었고 입대자는 20만 명에 못 미친다.",
        ["50만 명 = 500000 person =", "20만 명 = 200000 person <"],
    ),
    ("장병 1천200여 명이 훈련했다.", ["1천200여 명 = 1200 person ~"]),
    ("스물다섯 명이 다쳤다.", ["스물다섯 명 = 25 person ="]),
    ("세계 12개국이 참여했다.", ["12개국 = 12 country ="]),
    ("두 나라 정상이 만났다.", ["두 나라 = 2 country ="]),
    ("법안은 찬성 183표로 가결됐다.", ["183표 = 183 vote ="]),
    ("3개 여단을 새로 만든다.", ["3개 = 3 brigade ="]),
    ("자주포 24문이 배치됐다.", ["24문 = 24 howitzer ="]),
    # Time and measures
    ("사업은 5년간 이어진다.", ["5년 = 5 year ="]),
    ("복무 기간은 18개월이다.", ["18개월 = 18 month ="]),
    ("훈련은 10일간 열린다.", ["10일 = 10 day ="]),
    ("회의는 두 시간 계속됐다.", ["두 시간 = 2 hour ="]),
    ("그는 63세다.", ["63세 = 63 year ="]),
    ("미사일은 약 600㎞를 날았다.", ["600㎞ = 600 kilometre ~"]),
    ("기온은 섭씨 40도까지 올랐다.", ["40도 = 40 degree Celsius up"]),
    ("3천t급 잠수함을 건조한다.", ["3천t = 3000 tonne ="]),
    ("하루 50만 배럴을 생산한다.", ["50만 배럴 = 500000 barrel per day ="]),
    ("그는 세계 5위에 올랐다.", ["5위 = 5 - ="]),
]

NO_FIGURES = [
    "K2 전차와 KF-21, F-35A가 전시됐다.",
    "제3함대와 25사단, 1군단이 참가했다.",
    "12·3 비상계엄과 6·25전쟁을 함께 다뤘다.",
    "정부는 2026년 9월 3일 예산안을 국회에 낸다.",
    "오는 27일 오전 10시 30분에 회의가 열린다.",
    "헌법 제60조 2항과 국가재정법 33조에 따랐다.",
    "문의는 국방부 예산과 02-748-5312로 하면 된다.",
    "서울 용산구 이태원로 22에서 열렸다.",
    "두 번째 회의는 제57차 안보협의회의다.",
    "이 대통령은 이 문제를 다시 논의한다.",
    "그는 협의체의 일원으로 참여했다.",
    "새 세대의 무기를 한정된 예산으로 산다.",
    "한편 국방부는 이번 주 한 차례 더 설명한다.",
    "수백만 명과 수천억원이라는 말이 돌았다.",
    "20대 남성과 30대 여성이 참여했다.",
    "트럼프 2기 행정부가 출범했다.",
    "1950년대 이후 첫 사례다.",
    "2026년도 예산과 2030년까지의 계획을 밝혔다.",
    "경기도 이천에 있는 부대다.",
    "만일 회담이 열리면 사천에서 만난다.",
    "1호선 3번 출구로 나오면 된다.",
    "주소는 192.168.1.2, 날짜는 2018/5/17이다.",
    "3·1절 기념식에 G7 정상이 왔다.",
    "일이 많아 이번 일은 오늘 일과에서 빠졌다.",
    "구조 작업에 사고 현장 소방관이 오만하게 굴었다.",
    "천안함 사건과 백두산, 조건부 승인을 다뤘다.",
    "제2의 한국전쟁을 막자는 4자 회담과 2+2 회담이다.",
    "국방일보 12면 3단에 실렸다.",
    "1∼7월 동향과 4대 강국을 다뤘다.",
    "5세대 전투기의 2단계 개발을 마쳤다.",
    "이 기간 만 19세 이상을 조사했다.",
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_gives_its_figures(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("text", NO_FIGURES[:-1])
def test_names_dates_and_ordinals_are_no_figures(text):
    assert told(text) == []


def test_an_age_in_full_years_is_not_ten_thousand_and_some():
    assert told(NO_FIGURES[-1]) == ["19세 = 19 year >"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("예산은 65조 8,642억원이다.", "65.86415e12 65.86425e12", id="half of the last digit"),
        pytest.param("예산은 66조원이다.", "65.5e12 66.5e12", id="a round number"),
        pytest.param("7천 5백만 달러를 냈다.", "74.5e6 75.5e6", id="scales in a row"),
        pytest.param("병력은 2만8,500명이다.", "28450 28550", id="a count"),
        pytest.param("전차 180대가 있다.", "180 180", id="things"),
        pytest.param("병력은 3만 명 이상이다.", "30000 -", id="at least"),
        pytest.param("1.3~2.4조원이 든다.", "1.25e12 2.45e12", id="a range"),
    ],
)
def test_a_number_leaves_open_what_its_digits_do(text, ends):
    low, high = numbers(ends)

    found = bounds(figure(text))

    assert found[1] == high
    assert found[0] == low or (text.startswith("병력은 3만") and found[0] in (Decimal(25000), low))


@pytest.mark.parametrize(
    ("text", "quote", "keys"),
    [
        pytest.param(
            "국회는 2026년도 국방비를 65조 8,642억원으로 확정했다.",
            "65조 8,642억원",
            {"actor": "KOR", "measure": "defence_spending", "period": "2026", "status": "enacted"},
            id="enacted",
        ),
        pytest.param(
            "국방부는 내년 국방예산 정부안을 66조 2,947억원으로 편성했다.",
            "66조 2,947억원",
            {"actor": "KOR", "measure": "defence_spending", "period": "2027", "status": "proposed"},
            id="proposed",
        ),
        pytest.param(
            "미 국방부는 2026 회계연도 국방예산으로 8,926억 달러를 요청했다.",
            "8,926억 달러",
            {"actor": "USA", "measure": "defence_spending", "period": "FY2026", "status": "proposed"},
            id="the ministry of another",
        ),
        pytest.param(
            "주한미군을 2만8,500명 미만으로 줄이는 데 예산을 쓸 수 없다.",
            "2만8,500명",
            {"actor": "USA", "location": "KOR", "measure": "troops_stationed", "status": "floor"},
            id="floor",
        ),
        pytest.param(
            "한국 정부는 국방비를 GDP의 3.5%로 올리는 목표를 세웠다.",
            "3.5%",
            {"actor": "KOR", "measure": "defence_share_of_gdp", "status": "target"},
            id="target",
        ),
        pytest.param(
            "방위력개선비는 전년 대비 13.0% 증가한 20조1,744억원이다.",
            "20조1,744억원",
            {"measure": "defence_spending", "item": "force_enhancement", "statistic": "level"},
            id="item",
        ),
        pytest.param(
            "한국 국방비는 전년보다 7.5% 늘었다.",
            "7.5%",
            {"statistic": "growth", "measure": "defence_spending"},
            id="growth",
        ),
        pytest.param(
            "한국은 2030년까지 미국산 무기 250억 달러어치를 구매하기로 했다.",
            "250억 달러",
            {"measure": "arms_purchases", "period": "../2030", "status": "pledge"},
            id="pledge",
        ),
        pytest.param(
            "원·달러 환율은 1,442원이었다.", "1,442원", {"measure": "exchange_rate"}, id="exchange rate"
        ),
        pytest.param(
            "2026년부터 2030년까지 한국은 국방비로 437조원을 쓴다.",
            "437조원",
            {"period": "2026/2030", "measure": "defence_spending"},
            id="span of years",
        ),
        pytest.param(
            "북한은 작년 9월 병력 1만 명을 보냈다.", "1만 명", {"actor": "PRK"}, id="last year's month"
        ),
        pytest.param(
            "한국의 국방비는 65조원(461억 달러)이다.",
            "461억 달러",
            {"unit": "USD", "measure": "defence_spending"},
            id="conversion",
        ),
    ],
)
def test_a_figure_knows_whose_and_of_what_it_is(text, quote, keys):
    claim = figure(text, quote)

    assert {key: getattr(claim, key) for key in keys} == keys


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        (
            "국방부는 29일 “내년 국방비는 66조원이 될 것”이라고 밝혔다.",
            "KOR Ministry of National Defense",
            "KOR",
        ),
        ("합참은 북한이 미사일 10여 발을 쐈다고 전했다.", "KOR Joint Chiefs of Staff", "KOR"),
        ("병력 4,500명을 철수하는 방안을 검토한다고 월스트리트저널이 보도했다.", "월스트리트저널", None),
        ("국방부에 따르면 병력은 50만 명이다.", "KOR Ministry of National Defense", "KOR"),
        ("김민수 연구위원은 예산이 3조원 부족하다고 지적했다.", "김민수 연구위원", None),
    ],
)
def test_a_figure_knows_who_tells_it(text, speaker, actor):
    (claim,) = figures(text)

    assert (claim.speaker, claim.speaker_actor) == (speaker, actor)


def test_who_leads_and_who_supports_is_told_for_each():
    found = {
        (c.actor, c.role, c.function)
        for c in read("대북 억제는 한국이 주도하고 미국이 지원한다.").where(kind="role")
    }

    assert found == {("KOR", "lead", "대북 억제"), ("USA", "support", "대북 억제")}


def test_roles_stand_beside_their_bearers_too():
    found = [
        (c.actor, c.role) for c in read("한국군 주도, 미군 지원의 방위체제를 세운다.").where(kind="role")
    ]

    assert found == [("KOR", "lead"), ("USA", "support")]


def test_responsibility_that_should_be_taken_is_a_duty():
    claim = role("한국은 북한 억제에서 일차적 책임을 져야 한다.")

    assert (claim.actor, claim.role, claim.modality) == ("KOR", "lead", "should")


def test_help_for_others_is_no_role():
    assert list(read("미국은 우크라이나에 10억 달러를 지원하기로 했다.").where(kind="role")) == []


def test_a_mixed_document_is_read_sentence_by_sentence():
    text = "The draft asks for $61.5 billion. 국방부는 66조원을 편성했다. It was 5 % higher."

    assert told(text) == [
        "$61.5 billion = 61500000000 USD =",
        "66조원 = 66000000000000 KRW =",
        "5 % = 5 % up",
    ]


def test_an_english_sentence_with_a_korean_name_stays_english():
    assert told("The ministry (국방부) said that it would buy 20 jets.") == ["20 jets = 20 jet ="]


def test_a_long_run_of_letters_and_digits_is_read_in_good_time():
    assert len(figures("가" * 50_000 + "만억조" * 20_000)) <= 1
    assert figures("국방비는 " + "9" * 50_000 + "원이다.") is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("훈련 참가 병력은 1만2000명이 아니라 1만7500명이다.", id="not this but that"),
        pytest.param("훈련 참가 병력은 1만2000명이 아닌 1만7500명이다.", id="the same, shorter"),
    ],
)
def test_a_word_of_denial_denies_the_figure_before_it(text):
    assert [(claim.quote, claim.negated) for claim in figures(text)] == [
        ("1만2000명", True),
        ("1만7500명", None),
    ]


def test_what_it_was_decided_not_to_pay_is_denied():
    assert figure("네덜란드는 30억유로를 내지 않기로 했다.").negated is True
    assert figure("네덜란드는 병력을 4천명 줄이지 않기로 했다.").negated is True


def test_a_limit_that_is_not_exceeded_is_no_denial():
    assert figure("국방비는 GDP의 2%를 넘지 않았다.").negated is None


def test_a_date_of_the_later_clause_comes_before_that_of_the_measure():
    text = "독일의 올해 국방예산은 620억유로이고 내년에는 820억유로이다."

    assert [claim.period for claim in figures(text)] == ["2026", "2027"]


def test_growth_behind_both_ends_counts_from_the_first_to_the_last():
    claim = figure("독일의 국방비는 2021년 470억유로에서 2024년 720억유로로 53% 늘었다.", "53%")

    assert (claim.period, claim.baseline) == ("2024", "2021")


def test_what_is_denied_after_another_verb_is_not_the_figure():
    """The budget did rise to five trillion; that it suffices is what the sentence denies."""
    (claim,) = figures("예산은 5조원으로 늘었지만 충분하지 않다.")

    assert claim.value == 5_000_000_000_000
    assert not claim.negated
