"""Running notebooks over many departments: run list, batch, dataset."""

from juesuan.runs.batch import Order, run
from juesuan.runs.plan import Plan, chosen, plan
from juesuan.runs.workers import processors

__all__ = ["Order", "Plan", "chosen", "plan", "processors", "run"]
