"""Running notebooks over many departments: run list, batch, dataset."""

from juesuan.runs.batch import run, went_wrong
from juesuan.runs.order import Order
from juesuan.runs.plan import Plan, chosen, plan

__all__ = ["Order", "Plan", "chosen", "plan", "run", "went_wrong"]
