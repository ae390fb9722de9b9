"""The clause grammar on the ways in which departments word things: the role of every number, and what it is judged to be."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
import yaml

from juesuan.accounts import Accounts, Sentence
from juesuan.claims import with_claims
from juesuan.claims.words import Words
from juesuan.quantity import Verdict
from juesuan.readers import open_accounts
from juesuan.relations import execute
from published import SEED

EXAMPLE = SEED.parents[1] / "example" / "2024"
WORDS = ("year", "name", "department", "total", "gap", "level", "list", "nothing")
# Section, sentence, and the role and address of each number in it; all of them true.
TRUE = [
    ("一", "2024年度收、支总计均为1379.77万元。与2023年相比，收、支总计各减少11.46万元，下降0.82%。",
     "amount T1[收入总计].决算数 amount T1[支出总计].决算数 change T1[收入总计].决算数 growth T1[收入总计].决算数"),
    ("一", "收入总计减少11.46万元，下降0.82%；支出总计减少11.46万元，下降0.82%。",
     "change T1[收入总计].决算数 growth T1[收入总计].决算数 change T1[支出总计].决算数 growth T1[支出总计].决算数"),
    ("二", "2024年度，本单位收入为1304.67万元，其中：财政拨款收入1,291.54万元，占总收入的98.99%；其他收入13.13万元，占1.01%。",
     "amount T2[合计].本年收入合计 amount T2[合计].财政拨款收入 share T2[合计].财政拨款收入 amount T2[合计].其他收入 share T2[合计].其他收入"),
    ("二", "本年收入合计１３０４．６７万元，其中:一般公共预算财政拨款收入1291.54万元,占比98.99％。",
     "amount T2[合计].本年收入合计 amount T1[一般公共预算财政拨款收入].决算数 share T1[一般公共预算财政拨款收入].决算数"),
    ("三", "本年支出合计13734600元，其中：基本支出1136.48万元，占82.75%。",
     "amount T3[合计].本年支出合计 amount T3[合计].基本支出 share T3[合计].基本支出"),
    ("五（一）", "本单位一般公共预算财政拨款支出总计1361.38万元，与上年相比增加53.85万元，增长4.12%；完成年初预算92.84%，决算数小于预算数105.03万元。",
     "amount T5[合计].合计 change T5[合计].合计 growth T5[合计].合计 completion T5[合计].合计 over T5[合计].合计"),
    ("五（二）", "2024年一般公共预算财政拨款支出1361.38万元，主要用于以下方面：一般公共服务支出990.25万元，占72.7%；住房保障支出100.52万元，占7%。",
     "amount T5[合计].合计 amount T5[201].合计 share T5[201].合计 amount T5[221].合计 share T5[221].合计"),
    ("五（三）", "1.一般公共服务支出（类）商贸事务（款）行政运行（项）：支出决算为990.25万元，完成预算91.88%，决算数小于预算数的主要原因是节约。",
     "amount T5[2011301].合计 completion T5[2011301].合计"),
    ("五（三）", "一般公共服务支出（类）商贸事务（款）行政运行（项）年初预算数为1077.73万元，决算数为990.25万元，预算完成率为91.88%。",
     "amount S5[2011301].年初预算数 amount T5[2011301].合计 completion T5[2011301].合计"),
    ("七（一）", "“三公”经费财政拨款支出年初预算为10.5万元，支出决算为7.81万元，比上年决算数减少5.04万元，下降39.2％。",
     "amount T7[合计].预算数 amount T7[合计].决算数 change T7[合计].决算数 growth T7[合计].决算数"),
    ("七（一）", "公务接待费3.73万元，比年初预算减少1.27万元，比上年减少1.66万元。",
     "amount T7[公务接待费].决算数 over T7[公务接待费].决算数 change T7[公务接待费].决算数"),
    ("七（二）", "国内公务接待45批次，405人次（不包括陪同人员），共计支出3.73万元。外事接待0批次，0人。",
     "amount S7[接待批次].数量 amount S7[接待人次].数量 amount S7[国内接待支出].金额 amount S7[外宾批次].数量 amount S7[外宾人次].数量"),
    ("十一（一）", "机关运行经费支出279.46万元，比2023年增加29.38万元，增长11.75%。",
     "amount T10[机关运行经费].统计数 change T10[机关运行经费].统计数 growth T10[机关运行经费].统计数"),
    ("十一（二）", "政府采购支出总额47.79万元，其中：政府采购货物支出23.52万元、政府采购工程支出0万元、政府采购服务支出24.27万元。授予小微企业合同金额16.95万元，占政府采购支出总额的35.47%。",
     "amount T10[政府采购支出总额].统计数 amount T10[政府采购货物支出].统计数 amount T10[政府采购工程支出].统计数 amount T10[政府采购服务支出].统计数 amount T10[授予小微企业合同金额].统计数 share T10[授予小微企业合同金额].统计数"),
    ("十一（三）", "截至2024年12月31日，共有车辆2辆，其中：主要领导干部用车2辆、其他用车0辆；单价100万元（含）以上设备（不含车辆）0台（套）。",
     "amount T10[车辆数].统计数 amount T10[主要领导干部用车].统计数 amount T10[其他用车].统计数 amount T10[单价100万元以上设备].统计数"),
]  # fmt: skip
# One thing wrong, and the relation that sees it.
FALSE = [
    ("一", "与2023年相比，收入总计增加11.46万元，下降0.82%。", "R1008"),
    ("一", "2024年度收入总计1397.77万元。", "R1002"),
    ("一", "与2022年度相比，收入总计减少11.46万元。", "R1019"),
    ("一", "收入总计增加X万元，增长XX%。", "R1017"),
    ("二", "本年收入合计1304.67万元，其中：财政拨款收入1291.54万元，占98.89%。", "R1003"),
    ("二", "2024年度收入合计1304.67万元，全部为财政拨款收入。", "R1021"),
    ("三", "本年支出合计1373.46元。", "R1013"),
    ("五（三）", "一般公共预算财政拨款支出年初预算为1466.41万元，支出决算为1361.38万元，完成年初预算的92.48%。", "R1005"),
    ("五（三）", "一般公共服务支出（类）商贸事务（款）行政运转（项）支出决算为990.25万元。", "R1012"),
    ("五（三）", "一般公共预算财政拨款支出决算数大于预算数。", "R1009"),
    ("七（一）", "公务接待费支出决算与上年持平。", "R1008"),
    ("八", "示例市商务局2024年度无“三公”经费财政拨款支出。", "R1021"),
    ("七（一）", "因公出国（境）费支出决算为0.00万元，完成预算的0.00%。", "R1006"),
]  # fmt: skip


@cache
def plain() -> Accounts:
    return open_accounts(EXAMPLE)


def says(section: str, text: str) -> Accounts:
    """The example with this text for its explanation."""
    found = [t for t in re.findall("[^。]*。?", text) if t]
    sentences = tuple(Sentence(section, "第1行", t, 1) for t in found)
    return with_claims(replace(plain(), sentences=sentences))


@pytest.mark.parametrize(("section", "text", "roles"), TRUE)
def test_every_number_has_its_role_and_holds(section: str, text: str, roles: str) -> None:
    accounts = says(section, text)
    assert " ".join(f"{c.kind} {c.of}" for c in accounts.claims if c.kind not in WORDS) == roles
    told = [c for c in execute(accounts) if c.claim and c.relation.grade != "H"]
    assert [c.quote for c in told if c.judgement.verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED)] == []


@pytest.mark.parametrize(("section", "text", "relation"), FALSE)
def test_one_wrong_thing_is_seen(section: str, text: str, relation: str) -> None:
    wrong = [
        c for c in execute(says(section, text)) if c.claim and c.judgement.verdict is Verdict.INCONSISTENT
    ]
    assert relation in {c.relation.id for c in wrong}


def test_a_number_that_names_something_unknown_is_unmatched_not_guessed() -> None:
    accounts = says("三", "本年支出合计1373.46万元，收到中央补助资金670万元。")
    assert [c.figure.printed for c in accounts.claims if c.kind == "unmatched"] == ["670"]


def test_numbering_dates_and_thresholds_are_no_figures() -> None:
    accounts = says(
        "十一（三）", "1、截至2024年12月31日，依据财预〔2016〕143号，单价50万元以上的设备另行登记。"
    )
    assert [c.kind for c in accounts.claims] == ["year"]


def test_a_figure_of_the_text_is_no_proof_of_itself() -> None:
    accounts = says("十", "编报绩效目标的2024年度项目15个。发现问题3个。")
    loose = [
        c
        for c in execute(accounts)
        if c.claim and c.claim.of == "S10[发现问题].数量" and c.relation.id == "R1001"
    ]
    assert [c.judgement.verdict for c in loose] == [Verdict.NOT_ASSESSABLE]


def test_every_group_of_words_has_a_handler() -> None:
    """A word that no part of the grammar listens to would be skipped in silence."""
    groups = yaml.safe_load(files("juesuan.claims").joinpath("words.yml").read_text(encoding="utf-8"))
    # Looked at by the number behind them, or there to be stepped over.
    read_by_figures = {"share", "done", "no_base", "versus", "filler"}
    unheard = [g for g in groups if not hasattr(Words, f"_on_{g}") and g not in read_by_figures]
    assert unheard == []
