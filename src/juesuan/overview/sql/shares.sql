-- 每个部门每个年度各类支出；空白的类金额为空，与没有这一行不同。
SELECT
    key,
    year,
    code,
    label,
    yuan
FROM facts
WHERE chosen AND "table" = 'T5' AND "column" = '合计' AND regexp_full_match(code, '[0-9]{3}')
ORDER BY key, year, code
