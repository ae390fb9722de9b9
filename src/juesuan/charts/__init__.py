"""Charts: a function takes accounts and returns a `Chart`, or None where a sentence says it better."""

from juesuan.charts.apart import structure_apart
from juesuan.charts.basic import basic
from juesuan.charts.chart import Chart
from juesuan.charts.execution import execution
from juesuan.charts.form import Form, choose
from juesuan.charts.income import income_expenditure
from juesuan.charts.sentences import sentence
from juesuan.charts.structure import structure
from juesuan.charts.three_public import three_public

__all__ = [
    "Chart", "Form", "basic", "choose", "execution",
    "income_expenditure", "sentence", "structure", "structure_apart", "three_public",
]  # fmt: skip
