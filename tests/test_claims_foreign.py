"""Everyday sentences that no template of ours writes: nothing in them is wrong, and nothing may be called wrong."""

from __future__ import annotations

import pytest

from juesuan.claims import with_claims
from juesuan.quantity import Verdict
from juesuan.relations import execute
from test_claims import plain, says

HARMLESS = [
    ("七（一）", "公务用车保有量2辆，与上年持平。"),
    ("二", "本年收入合计年初无预算。"),
    ("三", "基本支出1.12345678901234元，占99999999999999999999%。"),
    ("六", "商品和服务支出243.83万元，对个人和家庭的补助12345678901234567890万元。"),
    ("三", "基本支出2022-2024年逐年压减，1-12月执行良好。"),
    ("三", "项目支出依据财预(2021)15号文件，分为（1）设备购置；（2）维修；完成了3大任务。"),
    ("三", "项目支出包括：1.设备购置；2.维修维护。"),
    ("三", "基本支出11364.8千元。"),
    ("三", "基本支出1136.48万元，占支出的82.75%。"),
    ("七（一）", "没有突破“三公”经费预算。"),
    ("一", "无锡市“三公”经费支出另行公布。"),
    ("七（一）", "公务接待费由5.39万元减少到3.73万元。"),
    ("三", "人均支出20万元，超过4000万元的项目共3个。"),
    ("七（一）", "公务接待费较上年减少约1.7万元。"),
    ("一", "本单位2022年5月成立，依据《办法》（2020年修订），2020年至2024年连续达标。"),
    ("十一（一）", "2023年机关运行经费支出250.08万元。"),
    ("一", "示例市财政局部门另行公布。"),
    ("五（三）", "其中：人员经费2000.00万元。"),
    ("三", "基本支出比预算节约8.43万元。"),
    ("四", "财政拨款支出1361.38万元，其中：某专项100.00万元，占77.57%。"),
    ("七（一）", "“三公”经费支出决算7.81万元，比年初预算10.50万元减少2.69万元，下降25.62%；比上年减少5.04万元。"),
    ("七（二）", "本年度共接待国内来访团组8个，购置车辆0台。"),
    ("十", "其中10个项目自评等级为“优”，2个项目自评等级为“良”。"),
    ("十一（二）", "政府采购支出总额47.79万元，其中货物类支出23.52万元；工程类支出0万元；服务类支出24.27万元。"),
    ("十一（三）", "单价100万元以上设备0台，比上年增加0台。"),
    ("五（二）", "一般公共预算财政拨款支出中，用于民生方面（社会保障和就业、住房保障）支出209.44万元，占15.38%。"),
    ("七（一）", "因公出国（境）费支出决算0万元，2023年、2024年均未安排。"),
    ("七（二）", "其中国（境）外公务接待0批次0人次，公务接待费3.73万元。"),
    ("一", "收入总计、支出总计分别比2023年减少11.46万元和11.46万元。"),
    ("一", "收入总计1379.77万元，比2023年度减少11.46万元，降幅为0.82%。"),
    ("十一（三）", "共有车辆2辆，购置价值超过50万元的0辆。"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "text"), HARMLESS)
def test_nothing_is_called_wrong(section: str, text: str) -> None:
    wrong = [
        c for c in execute(says(section, text)) if c.claim and c.judgement.verdict is Verdict.INCONSISTENT
    ]
    assert [f"{c.relation.id} {c.quote} {c.judgement.note}" for c in wrong if c.relation.grade != "H"] == []


@pytest.mark.parametrize(
    "text", ["", "。", "１２３", "，，，", "0", "%", "万元", "（（（", "其中：", "占%", "增长。"]
)
def test_odd_sentences_end_well(text: str) -> None:
    accounts = says("三", text + "。")
    assert with_claims(accounts) is not None
    assert execute(accounts)


def test_an_absence_is_held_against_its_cell() -> None:
    wrong = [
        c
        for c in execute(says("七（一）", "本年度无公务接待费支出。"))
        if c.judgement.verdict is Verdict.INCONSISTENT
    ]
    assert {c.relation.id for c in wrong} == {"R1021"}
    assert plain().get("T7", "公务接待费", "决算数").value
