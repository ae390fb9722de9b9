"""Synthetic books: complete final accounts of departments that do not exist, by seed, labelled 示例数据（合成）."""

from juesuan.sample.books import Book, Order, books
from juesuan.sample.folders import FORMATS, write_book, write_samples

__all__ = ["FORMATS", "Book", "Order", "books", "write_book", "write_samples"]
