-- 每个部门每个年度一行。一般公共预算支出、年初预算、“三公”按地址取数，和该部门报告里的关键数是同一个数。
WITH wanted AS (
    SELECT
        key,
        year,
        "table" || '[' || coalesce(nullif(code, ''), label) || '].' || "column" AS address,
        {'value': value, 'decimals': decimals, 'unit': unit} AS figure
    FROM facts
    WHERE chosen AND state = 'number' AND "table" IN ('T5', 'S5', 'T7') AND label = '合计'
),

figures AS (
    SELECT
        key,
        year,
        any_value(figure) FILTER (address = 'T5[合计].合计') AS outturn,
        any_value(figure) FILTER (address = 'S5[合计].年初预算数') AS budget,
        any_value(figure) FILTER (address = 'T7[合计].决算数') AS public_outturn,
        any_value(figure) FILTER (address = 'T7[合计].预算数') AS public_budget
    FROM wanted
    GROUP BY key, year
)

SELECT
    reports.*,
    outturn,
    budget,
    public_outturn,
    public_budget
FROM reports
LEFT JOIN figures USING (key, year)
ORDER BY department, key, year
