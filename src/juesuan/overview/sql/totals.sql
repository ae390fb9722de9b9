-- 一般公共预算支出的合计（元，精确），以及印了合计而没有分类的部门数。
SELECT
    year,
    sum(yuan) FILTER (label = '合计') AS yuan,
    count(*) FILTER (label = '合计') AS departments,
    count(DISTINCT key) FILTER (regexp_full_match(code, '[0-9]{3}')) AS classified
FROM facts
WHERE chosen AND "table" = 'T5' AND "column" = '合计' AND yuan IS NOT NULL
GROUP BY year
ORDER BY year
